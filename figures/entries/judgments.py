"""Convictions, acquittals and sentences."""

from django.utils.translation import gettext_lazy as _

from figures import accused, restraint
from figures.entries.charged import STEPS, others
from figures.entries.words import (
    ACCUSED_ONLY,
    CONVICTIONS,
    FORMAT,
    HOUSE,
    MONEY,
    MONTHS,
    PEOPLE,
    PERCENTS,
    SENTENCES,
)
from figures.figure import PER_CURRENCY, PERCENT, QUANTITY, Figure
from figures.rows import highest

STANDS = _(
    "Convictions that were set aside: marked so, undone on the appeal of the accused without another "
    "sentence, or sent back for a retrial that has not convicted again."
)
VERDICT = _("The date of the verdict, not of the sentence.")
SENTENCE = _("The date of the sentence; where it is not known, of the verdict.")

JUDGMENTS = [
    Figure(
        "accused_convicted",
        _("Accused convicted"),
        _("Accused with a conviction that stands."),
        PEOPLE,
        accused.convicted,
        group="judgments",
        date_rule=_("The first conviction that stands, by the date of the verdict."),
        left_out=STANDS,
        states=ACCUSED_ONLY,
        source=FORMAT,
        confused=(*others("accused_convicted"), "convictions_overturned"),
        confusion=STEPS,
    ),
    Figure(
        "accused_acquitted",
        _("Accused acquitted"),
        _("Accused whom a court found not guilty, and of whom no conviction in the case stands."),
        PEOPLE,
        restraint.acquitted,
        group="judgments",
        date_rule=_("The first acquittal, by the date of the verdict."),
        left_out=_("Charges that were dropped, dismissed or discharged without a finding."),
        states=ACCUSED_ONLY,
        source=HOUSE,
        confused=("convictions_overturned", "conviction_rate"),
        confusion=_("A conviction that was set aside is not yet an acquittal."),
    ),
    Figure(
        "conviction_rate",
        _("Conviction rate"),
        _("Accused convicted as a percentage of the accused with a verdict that stands."),
        PERCENTS,
        restraint.tried,
        PERCENT,
        restraint.conviction_rate,
        group="judgments",
        date_rule=_("The first verdict that says how it ended for the person."),
        left_out=_("Everybody who still waits for a verdict, and convictions that were set aside."),
        states=ACCUSED_ONLY,
        source=HOUSE,
        confused=("accused_convicted", "accused_charged"),
        confusion=_(
            "A rate of verdicts, not of arrests or charges: it says nothing of the many cases that never "
            "reach a verdict. Always say of how many it is."
        ),
    ),
    Figure(
        "convictions_overturned",
        _("Convictions set aside"),
        _("Verdicts of guilty that a higher court undid, or sent back for a trial not yet ended so again."),
        CONVICTIONS,
        restraint.overturned,
        group="judgments",
        date_rule=_("The day on which the conviction fell, not the day of the verdict."),
        left_out=_("Appeals that changed only the sentence."),
        states=ACCUSED_ONLY,
        source=HOUSE,
        confused=("accused_acquitted",),
        confusion=_(
            "They count by the verdict: one person may have two. They are no longer among the accused "
            "convicted, in no month."
        ),
    ),
    Figure(
        "longest_sentence_months",
        _("Longest sentence"),
        _("The longest prison sentence that stands, upper end of a range, after the latest appeal."),
        MONTHS,
        accused.sentences,
        QUANTITY,
        highest,
        group="judgments",
        date_rule=_("The appeal that last changed it; else the sentence; else the verdict."),
        left_out=_("Sentences for life, which count apart. Suspended ones count."),
        states=ACCUSED_ONLY,
        source=FORMAT,
        confused=("life_sentences", "custody_days"),
        confusion=_("Months ordered, not months served."),
    ),
    Figure(
        "life_sentences",
        _("Life sentences"),
        _("Sentences for life that stand."),
        SENTENCES,
        accused.life_sentences,
        group="judgments",
        date_rule=SENTENCE,
        left_out=_("Sentences that an appeal turned into a number of months."),
        states=ACCUSED_ONLY,
        source=FORMAT,
        confused=("longest_sentence_months",),
        confusion=_("They are not among the months of the longest sentence."),
    ),
    Figure(
        "fines",
        _("Fines"),
        _("Fines of convictions that stand."),
        MONEY,
        accused.fines,
        PER_CURRENCY,
        group="judgments",
        date_rule=SENTENCE,
        left_out=STANDS,
        states=ACCUSED_ONLY,
        source=FORMAT,
        confused=("compensation_awarded",),
        confusion=_("A fine goes to the state, compensation to survivors. Currencies are never added up."),
    ),
]
