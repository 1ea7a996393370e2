"""Compensation, benefits, and what help costs."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Can
from figures import helped, money
from figures.entries.words import ANY_CASE, FORMAT, HOUSE, MONEY
from figures.figure import PER_CURRENCY, Figure
from figures.rows import span_by_currency

ORDERED = _("The day on which the award was ordered.")
THREE = _(
    "Awarded is what a court ordered, paid what survivors received, still owed the rest of it. Money "
    "deposited with a court is awarded and not paid. Currencies are never added up."
)
STANDING_AWARDS = _("Awards that no higher court has set aside.")

MONIES = [
    Figure(
        "compensation_each",
        _("Compensation for one survivor"),
        _("From the lowest to the highest amount ordered for one survivor."),
        MONEY,
        money.each,
        PER_CURRENCY,
        span_by_currency,
        group="money",
        date_rule=ORDERED,
        left_out=_("Awards for several people that name neither an amount for each nor shares."),
        states=STANDING_AWARDS,
        source=FORMAT,
        confused=("compensation_awarded",),
        confusion=_("A span from the least to the most, never a sum or an average."),
    ),
    Figure(
        "compensation_awarded",
        _("Compensation awarded"),
        _("Compensation ordered in all, where every amount is known."),
        MONEY,
        money.awarded,
        PER_CURRENCY,
        group="money",
        date_rule=ORDERED,
        left_out=_("All awards of a case and currency of which one amount is not known exactly."),
        states=STANDING_AWARDS,
        source=FORMAT,
        confused=("compensation_paid", "compensation_due", "fines"),
        confusion=THREE,
    ),
    Figure(
        "compensation_paid",
        _("Compensation paid"),
        _("Compensation that was received."),
        MONEY,
        money.paid,
        PER_CURRENCY,
        group="money",
        date_rule=_("The day of the payment; of an award on which nothing was paid, the day of the award."),
        left_out=_("Money deposited with a court, and payments that nobody has recorded."),
        states=_("Payments that survivors received; those on an award set aside later count as received."),
        source=FORMAT,
        confused=("compensation_awarded", "compensation_due", "benefits_paid"),
        confusion=THREE,
    ),
    Figure(
        "compensation_due",
        _("Compensation still owed"),
        _("Awarded less paid, where payments are recorded."),
        MONEY,
        money.due,
        PER_CURRENCY,
        group="money",
        date_rule=ORDERED,
        left_out=_("Awards whose amount is not known, or of which nobody has recorded what was paid."),
        states=STANDING_AWARDS,
        source=FORMAT,
        confused=("compensation_awarded", "compensation_paid"),
        confusion=THREE,
    ),
    Figure(
        "benefits_granted",
        _("Benefits granted"),
        _("Amounts of public schemes or funds that were granted."),
        MONEY,
        money.benefits_granted,
        PER_CURRENCY,
        group="money",
        date_rule=_("The day on which it was granted."),
        left_out=_("Benefits that were asked for and not granted yet."),
        states=ANY_CASE,
        source=FORMAT,
        need=Can.VIEW_AFTERCARE,
        confused=("benefits_paid", "compensation_awarded"),
        confusion=_("The state grants a benefit, a court awards compensation."),
    ),
    Figure(
        "benefits_paid",
        _("Benefits received"),
        _("Amounts of public schemes or funds that were received."),
        MONEY,
        money.benefits_paid,
        PER_CURRENCY,
        group="money",
        date_rule=_("The day on which it was received."),
        left_out=_("Benefits that were granted and have not come."),
        states=ANY_CASE,
        source=FORMAT,
        need=Can.VIEW_AFTERCARE,
        confused=("benefits_granted", "compensation_paid"),
        confusion=_("Received, not granted; from the state, not from the accused."),
    ),
    Figure(
        "service_costs",
        _("Costs of services"),
        _("What services of aftercare have cost."),
        MONEY,
        helped.service_costs,
        PER_CURRENCY,
        group="money",
        date_rule=_("The day on which the service began."),
        left_out=_("Costs that are only planned, wages of staff, and services whose cost nobody wrote down."),
        states=_("Services given; a cost that stood with the plan stands with the service once it is spent."),
        source=HOUSE,
        need=Can.VIEW_AFTERCARE,
        confused=("benefits_paid", "wages_lost"),
        confusion=_("What help cost us and our donors, not what survivors received or lost."),
    ),
]
