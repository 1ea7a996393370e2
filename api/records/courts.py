"""The accused before the law: arrests, custody, charges, appeals, sentences, payments, rings and clocks."""

from accounts.roles import Can
from api.records.reading import Reading
from prosecutions.models import (
    Appeal,
    Arrest,
    AwardStep,
    Charge,
    Clock,
    Custody,
    Network,
    Payment,
    ProceedingNumber,
    RingMember,
    SentencePart,
)

VIEW = {"list": Can.VIEW_ACCUSED}


class ArrestViewSet(Reading):
    """Arrests."""

    model = Arrest
    needs = VIEW
    fields = ("accused", "on", "by", "operation", "at", "note")
    narrow = ("accused",)
    scoped = ("operation",)


class CustodyViewSet(Reading):
    """Spells in custody; one goes on until it has an end or is marked as over."""

    model = Custody
    needs = VIEW
    fields = (
        "accused", "position", "kind", "starts_on", "ends_on", "over", "how_ended", "days", "months", "at",
        "note",
    )  # fmt: skip
    narrow = ("accused", "kind", "over")


class ChargeViewSet(Reading):
    """Charges: offence, law and section, state and plea."""

    model = Charge
    needs = VIEW
    fields = (
        "accused", "proceeding", "position", "offence", "statute", "section", "committed_on", "country",
        "attempted", "status", "filed_on", "plea", "plea_on", "plea_bargain", "note",
    )  # fmt: skip
    narrow = ("accused", "proceeding", "status", "plea")


class AppealViewSet(Reading):
    """Appeals and what came of them."""

    model = Appeal
    needs = VIEW
    fields = (
        "accused", "position", "by", "filed_on", "court", "outcome", "decided_on", "months", "life", "note",
    )  # fmt: skip
    narrow = ("accused", "by", "outcome")


class SentencePartViewSet(Reading):
    """Parts of sentences; one that a correction replaced stands no more."""

    model = SentencePart
    needs = VIEW
    fields = (
        "verdict", "position", "kind", "months", "days", "runs", "amount_low", "amount_high",
        "amount_currency", "stands", "note",
    )  # fmt: skip
    narrow = ("verdict", "kind", "stands")


class PaymentViewSet(Reading):
    """Payments on awards: come to the survivor, or lying with the court."""

    model = Payment
    needs = {"list": Can.VIEW_SURVIVOR}
    fields = ("award", "survivor", "kind", "on", "amount_low", "amount_high", "amount_currency", "note")
    narrow = ("award", "survivor", "kind")


class AwardStepViewSet(Reading):
    """Steps to get the money that was ordered."""

    model = AwardStep
    needs = VIEW
    fields = ("award", "kind", "on", "next_on", "note")
    narrow = ("award", "kind")


class NetworkViewSet(Reading):
    """Rings and networks of perpetrators."""

    model = Network
    needs = VIEW
    fields = (
        "name", "ref", "nationality", "members", "venues", "active_since", "active_years", "dismantled_on",
        "note",
    )  # fmt: skip


class RingMemberViewSet(Reading):
    """What accused people did in a ring, and when."""

    model = RingMember
    needs = VIEW
    fields = ("network", "accused", "role", "since", "until", "note")
    narrow = ("network", "accused", "role")


class ProceedingNumberViewSet(Reading):
    """Further numbers under which a proceeding is known."""

    model = ProceedingNumber
    needs = {"list": Can.VIEW_HEARING}
    fields = ("proceeding", "number", "wrong", "note")
    narrow = ("proceeding", "wrong")


class ClockViewSet(Reading):
    """Periods that the law sets: what began them and by when something must be done."""

    model = Clock
    needs = VIEW
    fields = (
        "accused", "survivor", "proceeding", "state", "by_hand", "began_on", "began_at", "due_on", "due_at",
        "other_due_on", "latest_on", "ended_on", "ended_by", "extended_until", "order", "why",
    )  # fmt: skip
    narrow = ("accused", "survivor", "proceeding", "state")
