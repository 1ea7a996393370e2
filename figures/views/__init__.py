from figures.views.definitions import definition_detail, definition_list
from figures.views.published import published_list
from figures.views.studies import study_add, study_compare, study_detail, study_edit, study_list

__all__ = [
    "definition_detail",
    "definition_list",
    "published_list",
    "study_add",
    "study_compare",
    "study_detail",
    "study_edit",
    "study_list",
]
