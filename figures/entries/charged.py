"""The accused: arrested, charged, restrained, on bail, in custody."""

from django.utils.translation import gettext_lazy as _

from figures import accused, restraint, ties
from figures.entries.words import ACCUSED_ONLY, BAILS, CASES, DAYS, FORMAT, OPEN_RECORD, PEOPLE, REPORTS
from figures.figure import PER_KEY, Figure

FOUR = ("suspects_arrested", "accused_charged", "people_restrained", "accused_convicted")
STEPS = _(
    "Arrested, charged, restrained and convicted are four steps, and one person may be in all of them: never "
    "add them up. Arrested is taken by the police; charged, before a court; restrained, kept from harming "
    "others; convicted, found guilty by a judgment that stands."
)


def others(name):
    """The other three of the four steps."""
    return tuple(one for one in FOUR if one != name)


CHARGED = [
    Figure(
        "accused_registered",
        _("Accused registered"),
        _("Accused and suspects with a record; one person once in a case."),
        PEOPLE,
        accused.registered,
        group="accused",
        date_rule=_("The first arrest; where there is none, the opening of the case."),
        left_out=_("People accused elsewhere, or merely mentioned."),
        states=ACCUSED_ONLY,
        source=FORMAT,
        confused=("suspects_arrested", "accused_charged"),
        confusion=_("A record is made when somebody is suspected, long before an arrest or a charge."),
    ),
    Figure(
        "suspects_arrested",
        _("Suspects arrested"),
        _("People arrested: per operation the higher of count and records, and those arrested outside."),
        PEOPLE,
        accused.arrested,
        group="accused",
        date_rule=_("The date of the operation; outside of operations, the first arrest."),
        left_out=_(
            "Second arrests of the same person in a case, and arrests counted both by head-count and by "
            "record."
        ),
        states=ACCUSED_ONLY,
        source=FORMAT,
        confused=others("suspects_arrested"),
        confusion=STEPS,
    ),
    Figure(
        "accused_charged",
        _("Accused charged"),
        _("Accused with a filed charge, a verdict or a trial."),
        PEOPLE,
        accused.charged,
        group="accused",
        date_rule=_("The first filing of a charge, verdict, or opening of a trial."),
        left_out=_("Charges that are planned or were dropped, unless a trial or a verdict followed."),
        states=ACCUSED_ONLY,
        source=FORMAT,
        confused=others("accused_charged"),
        confusion=STEPS,
    ),
    Figure(
        "people_restrained",
        _("People restrained"),
        _(
            "Accused kept from harming others: in custody, refused bail, convicted with a sentence to serve, "
            "or barred by a court from people, places or a trade."
        ),
        PEOPLE,
        restraint.restrained,
        group="accused",
        date_rule=_("The first of these restraints; somebody restrained again later does not count again."),
        left_out=_(
            "Arrest alone, suspended sentences, fines, and bail conditions that are written only in words. "
            "Whoever is free again stays counted: the figure says who was ever restrained."
        ),
        states=ACCUSED_ONLY,
        source=REPORTS,
        confused=others("people_restrained"),
        confusion=STEPS,
    ),
    Figure(
        "accused_on_bail",
        _("Accused on bail"),
        _("Accused whose bail was granted and has not ended."),
        PEOPLE,
        accused.on_bail,
        group="accused",
        date_rule=_("True of the day. In the list each person stands with the day bail was granted."),
        left_out=_("Bail that was refused, withdrawn, cancelled or has ended, on whatever day."),
        states=OPEN_RECORD,
        source=FORMAT,
        confused=("accused_in_custody", "prior_bails"),
        confusion=_("Granted is not yet released: somebody granted bail may wait in custody for its papers."),
        of_the_day=True,
    ),
    Figure(
        "accused_in_custody",
        _("Accused in custody"),
        _("Accused in custody on the day."),
        PEOPLE,
        accused.in_custody,
        group="accused",
        date_rule=_("True of the day. In the list each person stands with the first day of custody."),
        left_out=_("Spells that are over, with or without a date of their end."),
        states=OPEN_RECORD,
        source=FORMAT,
        confused=("people_restrained", "custody_days"),
        confusion=_("People restrained counts whoever ever was; this counts who is in custody today."),
        of_the_day=True,
    ),
    Figure(
        "custody_days",
        _("Days in custody"),
        _("Days in custody of each accused, remand and sentence together, where every spell is exact."),
        DAYS,
        accused.custody_days,
        PER_KEY,
        group="accused",
        date_rule=_("The first day of the first spell; running spells are counted up to the day."),
        left_out=_("Everybody of whom one spell has no exact dates and no number of days."),
        states=ACCUSED_ONLY,
        source=FORMAT,
        confused=("accused_in_custody", "longest_sentence_months"),
        confusion=_("Days spent, not days ordered."),
    ),
    Figure(
        "prior_cases",
        _("Earlier cases"),
        _("Earlier cases in which the same person was an accused or suspect."),
        CASES,
        ties.prior_cases,
        PER_KEY,
        group="accused",
        date_rule=_("An earlier case began before: by its opening, else its statement date, else its entry."),
        left_out=_("Cases that you may not open, and people whom nobody has confirmed to be the same."),
        states=ACCUSED_ONLY,
        source=FORMAT,
        confused=("prior_bails", "linked_cases"),
        confusion=_("Linked cases are tied by anything; earlier cases by the same accused person."),
    ),
    Figure(
        "prior_bails",
        _("Earlier bails"),
        _("Bails granted to the same person in earlier cases."),
        BAILS,
        ties.prior_bails,
        PER_KEY,
        group="accused",
        date_rule=_("As of earlier cases; the bail itself may have no date."),
        left_out=_("Bail that was refused, and cases that you may not open."),
        states=ACCUSED_ONLY,
        source=FORMAT,
        confused=("prior_cases", "accused_on_bail"),
        confusion=_("Of the past, and of other cases than this one."),
    ),
]
