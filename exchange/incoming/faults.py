"""What can be wrong with a cell or a row, in words; only codes and bounds are kept."""

from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, Any] = {
    "required": _("Something must stand here."),
    "formula_without_value": _(
        "A formula stands here and its result is not in the file. Open the file in a spreadsheet program and "
        "save it there, or write the result as a plain value."
    ),
    "too_long": _("This is longer than %(limit)s signs."),
    "number": _("Write a whole number from %(least)s to %(most)s."),
    "date": _("This cannot be read as a date. Write 2019-04-03, or 2019-04 or 2019 when no more is known."),
    "date_order": _("The month is greater than 12: day and month stand in the other order here."),
    "date_whole": _("Write the whole date, with day, month and year."),
    "date_future": _("This date is in the future."),
    "date_before": _("This is before the date in the column “%(other)s”."),
    "year": _("The year must lie between %(least)s and %(most)s."),
    "time": _("This cannot be read as a time. Write 14:30."),
    "code": _("We do not know this word. Say what it means, then check again."),
    "yes_or_no": _("Write yes or no."),
    "country": _("We do not know this country. Write its name or its two letters."),
    "number_taken": _("A case with this number is here already."),
    "external_taken": _("A record of this office has this number of yours already."),
    "row_again": _("Row %(row)s says the same."),
    "case_unknown": _("There is no case with this number among those that you may see."),
    "case_elsewhere": _("The case with this number belongs to another office."),
    "name_or_label": _("Write a name, or a description when no name is known."),
    "name_is_pseudonym": _("The pseudonym must never be the real name."),
    "reason_without_close": _("A reason for closing needs the state “Closed”."),
    "reason_without_adjournment": _("Only hearings that were adjourned or taken off the list have a reason."),
    "outcome_ahead": _("The hearing lies ahead and has no outcome yet."),
    "relief_needs_how": _("Write how the exploitation ended, too."),
    "of_survivors": _("Only a survivor has this."),
    "of_accused": _("Only an accused has this."),
    "not_yours": _("Your role does not let you write this."),
    "refused": _("The database refused this row; a rule of its own would be broken."),
    "broke": _("This could not be finished. Try again; if it happens again, tell your administrator."),
    "built_on": _("Somebody has built on this since."),
}


def register(more: dict[str, Any]) -> None:
    """The words of another kind's faults."""
    FAULTS.update(more)


def told(code: str, params: dict[str, Any]) -> str:
    """A fault as a sentence in the reader's language."""
    if code not in FAULTS:
        return now_("This cannot be brought in.")
    try:
        return str(FAULTS[code]) % params
    except (KeyError, ValueError, TypeError):
        return str(FAULTS[code])
