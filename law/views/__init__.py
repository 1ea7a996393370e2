from law.views.countries import country_detail, country_edit, country_list
from law.views.courts import court_add, court_detail, court_edit, court_list, travel_set
from law.views.entries import entry_add, entry_detail, entry_edit, entry_renew

__all__ = [
    "country_detail",
    "country_edit",
    "country_list",
    "court_add",
    "court_detail",
    "court_edit",
    "court_list",
    "entry_add",
    "entry_detail",
    "entry_edit",
    "entry_renew",
    "travel_set",
]
