"""The accused, the courts, judgments and awards as a file tells of them."""

from casefiles import parts
from casefiles.building_courts import LISTS
from casefiles.telling import known, moment_out, money_said
from casefiles.writing_work import family_of
from operations.models import Headcount, Operation
from prosecutions.hearing_querysets import together
from prosecutions.models import (
    Accused,
    Arrest,
    Attendance,
    Award,
    AwardShare,
    BailBreach,
    BailOrder,
    Hearing,
    HearingCost,
    Network,
    Party,
    Payment,
    Proceeding,
    Verdict,
)
from prosecutions.sentencing import PaymentKind
from prosecutions.states import Bail
from survivors.models import Survivor

DECIDED = {Bail.SOUGHT: "pending", Bail.REFUSED: "refused", Bail.WITHDRAWN: "withdrawn"}
PUT_OFF = ("adjourned", "vacated")


def write(told, document):
    document["networks"] = {row.key: told.part(row, parts.NETWORK) for row in told.rows(Network, "key")}
    document["perpetrators"] = {row.key: accused_part(told, row) for row in told.rows(Accused)}
    document["proceedings"] = {row.key: proceeding_part(told, row) for row in told.rows(Proceeding)}
    document["compensation"] = [award_part(told, row) for row in told.rows(Award, "position")]


def accused_part(told, row):
    """One human being: with her ref, so that another file can know her again."""
    lists = {
        name: [told.part(item, fields) for item in told.under(model, "accused_id", row.pk, "position")]
        for name, model, fields in LISTS
    }
    return told.part(
        row,
        parts.ACCUSED,
        **lists,
        ref=row.perpetrator.ref,
        network=told.key(Network, row.network_id),
        family=family_of(told, row.key),
        arrests=[arrest_part(told, item) for item in told.under(Arrest, "accused_id", row.pk)],
        verdicts=[
            verdict_part(told, item, row) for item in told.under(Verdict, "accused_id", row.pk, "position")
        ],
        bail=[bail_part(told, item) for item in told.under(BailOrder, "accused_id", row.pk, "position")],
    )


def arrest_part(told, row):
    return told.part(row, parts.ARREST, operation=told.key(Operation, row.operation_id))


def verdict_part(told, row, accused):
    """A judgment; the charges it decides by their place in the list of this file."""
    charge = next(model for name, model, _fields in LISTS if name == "charges")
    listed = told.under(charge, "accused_id", accused.pk, "position")
    place = {str(item.position): number for number, item in enumerate(listed, 1)}
    charges = [place[position] for position in row.charge_positions if position in place]
    return told.part(row, parts.VERDICT, charges=charges, sentence=told.part(row, parts.SENTENCE))


def bail_part(told, row):
    """A bail as the file says it: one that runs has no end, one whose end nobody wrote down is over."""
    part = told.part(
        row,
        parts.BAIL,
        decision=DECIDED.get(row.status, "granted"),
        heard_on=moment_out(row.heard_on, row.heard_time),
        breaches=[told.part(item, parts.BREACH) for item in told.under(BailBreach, "bail_id", row.pk)],
    )
    if row.reoffended:
        part["reoffended"] = told.part(row, parts.REOFFENCE)
    if row.status == Bail.CANCELLED:
        part["ended"] = "cancelled"
    elif row.status == Bail.ENDED and not {"ended", "ended_on"} & part.keys():
        part["ended"] = "unknown"
    return part


def proceeding_part(told, row):
    parties = told.under(Party, "proceeding_id", row.pk)
    hearings = told.under(Hearing, "proceeding_id", row.pk, "position")
    return told.part(
        row,
        parts.PROCEEDING,
        accused=[key for one in parties if (key := told.key(Accused, one.accused_id))],
        hearings=[hearing_part(told, hearing) for hearing in hearings],
    )


def hearing_part(told, row):
    came = [one for one in told.under(Attendance, "hearing_id", row.pk) if one.came]
    part = told.part(
        row,
        parts.HEARING,
        at=moment_out(row.on, row.local_time),
        next_on=moment_out(row.next_on, row.next_time),
        attended=[key for one in came if (key := told.key(Survivor, one.survivor_id))],
        wages_lost=wages_of(told, row),
    )
    if row.outcome not in PUT_OFF:
        part.pop("reason", None)
    return part


def wages_of(told, row):
    """What the hearing cost families, as the figures add it up; the format has room for one currency."""
    costs = [
        (row.pk, cost.currency, cost.amount)
        for cost in told.under(HearingCost, "hearing_id", row.pk)
        if cost.struck_at is None
    ]
    said = [(row.pk, row.wages_lost_currency, row.wages_lost_low, row.wages_lost_high)]
    losses = sorted(together(said, costs), key=lambda loss: loss.high, reverse=True)
    return money_said(losses[0].low, losses[0].high, losses[0].currency) if losses else None


def award_part(told, row):
    """An award with its payments; {} for one that a higher court set aside, which is owed no more."""
    if row.set_aside_on:
        return {}
    shares = told.under(AwardShare, "award_id", row.pk)
    keys = [told.key(Survivor, s.survivor_id) or told.key(Headcount, s.headcount_id) for s in shares]
    part = told.part(row, parts.AWARD, **{"for": [key for key in keys if key]})
    received = [item for item in told.under(Payment, "award_id", row.pk) if item.kind == PaymentKind.RECEIVED]
    payments = [payment_part(told, item) for item in received]
    own = [share for share in shares if share.amount_currency]
    if own and "each" not in part:
        low, high = min(s.amount_low for s in own), max(s.amount_high for s in own)
        part |= known({"each": money_said(low, high, own[0].amount_currency)})
    return {**part, **({"payments": payments} if row.payments_known else {})}


def payment_part(told, row):
    return told.part(row, parts.PAYMENT, to=told.key(Survivor, row.survivor_id))
