from figures.views.definitions import definition_detail, definition_list
from figures.views.months import month_compare, month_detail, month_list, month_sign
from figures.views.published import published_list
from figures.views.studies import study_add, study_compare, study_detail, study_edit, study_list

__all__ = [
    "month_compare",
    "month_detail",
    "month_list",
    "month_sign",
    "definition_detail",
    "definition_list",
    "published_list",
    "study_add",
    "study_compare",
    "study_detail",
    "study_edit",
    "study_list",
]
