"""The twenty alert rules of the case-file format, worked out from the records as of a day.

These say what has fired by the day, for figures and `--check`; what is sent to whom, and when, is the
matter of `notifications`, whose rule codes stand beside the names in `NAMES`.
"""

from django.utils.translation import gettext_lazy as _

from figures import accused, care, courts, money, people, ties
from figures.rows import SOON, happened, passed
from reference.values import Quantity

STREAK = 3
LONG_REMAND = 90

# Relatives by blood, marriage or household; a guardian too, who may be the one to give consent.
RELATIVES = {
    "mother", "father", "parent", "stepparent", "grandparent", "sister", "brother", "sibling",
    "aunt", "uncle",
    "cousin", "spouse", "intimate_partner", "son", "daughter", "child", "niece", "nephew", "in_law",
    "other_relative", "guardian",
}  # fmt: skip


def fired(snapshot):
    """A row for each rule and record that made it fire."""
    return [row for name, rule in RULES.items() for row in _named(name, rule(snapshot))]


def _named(name, rows):
    return [_with_code(row, name) for row in rows]


def _with_code(row, name):
    return type(row)(**{**row.__dict__, "code": name})


def bail_granted(snapshot):
    """Let out on bail, before judgment or pending appeal, whatever came after."""
    return _orders(snapshot, accused.granted_bails(snapshot))


def bail_pending_appeal(snapshot):
    """Bail of the kind that is given after a conviction while an appeal is or was open."""
    return _orders(snapshot, (o for o in accused.granted_bails(snapshot) if o.kind == "pending_appeal"))


def bail_application_pending(snapshot):
    """No decision yet on the day."""
    pending = (
        order
        for order in snapshot.table("bail_orders")
        if happened(order.applied_on, snapshot.as_of)
        and (order.status == "SOUGHT" or not happened(order.decided_on, snapshot.as_of))
    )
    return _orders(snapshot, pending)


def _orders(snapshot, orders):
    return [
        snapshot.row(order, "prosecutions.BailOrder", _("Bail"), on=order.decided_on or order.applied_on)
        for order in orders
    ]


def repeat_accused(snapshot):
    """Also an accused in an earlier case."""
    return [row for row in ties.prior_cases(snapshot) if row.amount.low]


def reoffended_on_bail(snapshot):
    """A bail of this case, or an earlier one of the person that names this case, led to a new offence."""
    here = [
        snapshot.row(order, "prosecutions.BailOrder", _("Reoffended on bail"), on=order.reoffended_on)
        for order in snapshot.table("bail_orders")
        if order.reoffended and happened(order.reoffended_on, snapshot.as_of)
    ]
    return here + ties.named_by_earlier_bail(snapshot)


def operation_failed(snapshot):
    """Whatever the reason."""
    return courts.operations_failed(snapshot)


def operation_tip_off(snapshot):
    """An operation failed because somebody warned the suspects."""
    warned = {op.id for op in snapshot.table("operations") if op.failure == "tip_off"}
    return [row for row in courts.operations_failed(snapshot) if row.pk in warned]


def survivor_missing(snapshot):
    """An operation ended with victim_fled, in part or as a whole."""
    fled = {op.id for op in snapshot.table("operations") if op.failure == "victim_fled"}
    return [row for row in courts.operations(snapshot) if row.pk in fled]


def survivor_recaptured(snapshot):
    """Got out and was taken back, even if she got out again."""
    return [
        snapshot.row(relief, people.ROAD, _("Taken back"), on=relief.recaptured_on)
        for relief in snapshot.table("reliefs")
        if relief.recaptured and happened(relief.recaptured_on, snapshot.as_of)
    ]


def lookout_sent(snapshot):
    """To another office or agency, closed or not."""
    return [
        snapshot.row(lookout, "operations.Lookout", _("Lookout"))
        for lookout in snapshot.table("lookouts")
        if happened(lookout.on, snapshot.as_of)
    ]


def hearing_soon(snapshot):
    """Without an outcome, from the day itself to seven days after; a vague date only if it lies wholly
    there.
    """
    last = snapshot.as_of + SOON
    return _hearings(
        snapshot,
        (
            hearing
            for hearing in snapshot.table("hearings")
            if not hearing.outcome and hearing.on.first >= snapshot.as_of and hearing.on.last <= last
        ),
    )


def hearing_unrecorded(snapshot):
    """Before the day, without an outcome."""
    return courts.unrecorded(snapshot)


def hearing_adjourned_streak(snapshot):
    """Three or more hearings in a row of one proceeding adjourned, in order of time; anything else breaks
    the row.
    """
    rows = []
    for hearings in snapshot.grouped("hearings", "proceeding_id").values():
        streak = longest = 0
        past = [hearing for hearing in hearings if happened(hearing.on, snapshot.as_of)]
        for hearing in sorted(past, key=_in_time):
            streak = streak + 1 if hearing.outcome == "adjourned" else 0
            longest = max(longest, streak)
        if longest >= STREAK:
            rows += _hearings(snapshot, [max(past, key=_in_time)])
    return rows


def _in_time(hearing):
    return hearing.on.first, str(hearing.local_time or ""), hearing.position


def _hearings(snapshot, hearings):
    return [snapshot.row(hearing, courts.HEARING, _("Hearing")) for hearing in hearings]


def trial_delayed_repeatedly(snapshot):
    """Put off at least twice, where the hearings themselves are not listed."""
    listed = {hearing.proceeding_id for hearing in snapshot.table("hearings")}
    return [
        snapshot.row(proceeding, "prosecutions.Proceeding", _("Proceeding"), on=proceeding.opened_on)
        for proceeding in snapshot.table("proceedings")
        if proceeding.times_postponed
        and (Quantity.of(proceeding.times_postponed).low or 0) >= 2
        and proceeding.id not in listed
    ]


def custody_over_90_days(snapshot):
    """One remand spell is surely longer than 90 days, by its days, its dates (vague ones at their nearest)
    or months.
    """
    return [
        snapshot.row(spell, "prosecutions.Custody", _("Custody"), on=spell.starts_on)
        for spell in snapshot.table("custodies")
        if spell.kind == "remand" and _at_least(spell, snapshot.as_of) > LONG_REMAND
    ]


def _at_least(spell, day):
    """The days that a spell has surely lasted; a month is at least 30."""
    lengths = [0]
    if spell.days:
        lengths.append(Quantity.of(spell.days).low or 0)
    if spell.months:
        lengths.append((Quantity.of(spell.months).low or 0) * 30)
    end = min(spell.ends_on.first, day) if spell.ends_on else (None if spell.over else day)
    if spell.starts_on and end is not None:
        lengths.append((end - spell.starts_on.last).days)
    return max(lengths)


def review_overdue(snapshot):
    """The date of a review has passed and it is not marked done."""
    return [row for row in care.reviews(snapshot) if passed(row.on, snapshot.as_of)]


def review_soon(snapshot):
    """A review lies 0 to 7 days after the day."""
    last = snapshot.as_of + SOON
    return [row for row in care.reviews(snapshot) if snapshot.as_of <= row.on.first and row.on.last <= last]


def compensation_unpaid(snapshot):
    """An award has money due, though its exact amount may not be known; its payments are recorded."""
    return [
        snapshot.row(award, money.AWARD, _("Award"), on=award.ordered_on)
        for award in money.awards(snapshot)
        if award.payments_known and money.owed(award, snapshot).low > 0
    ]


def case_reopened(snapshot):
    """A track was closed and later moved again, or says itself that it was reopened."""
    rows = []
    for (case_id, track), changes in _tracks(snapshot).items():
        statuses = [change.status for change in changes]
        if "closed" in statuses:
            case = snapshot.by_case[case_id]
            later = [*statuses[statuses.index("closed") + 1 :], getattr(case, f"{track}_status")]
            reopened = any(status not in ("closed", "") for status in later)
        else:
            reopened = "reopened" in statuses
        if reopened:
            rows.append(snapshot.row(changes[-1], "cases.TrackChange", _("Track reopened")))
    return rows


def _tracks(snapshot):
    tracks = {}
    for change in snapshot.table("track_changes"):
        if happened(change.on, snapshot.as_of):
            tracks.setdefault((change.case_id, change.track), []).append(change)
    return tracks


def family_member_accused(snapshot):
    """An accused is a relative of a survivor of the case or of a head-count, from whichever side it is
    written.
    """
    accused_keys = {(person.case_id, person.key) for person in snapshot.table("accused")}
    protected = {
        (row.case_id, row.key) for name in ("survivors", "headcounts") for row in snapshot.table(name)
    }
    rows = []
    for kin in snapshot.table("kinships"):
        ends = {(kin.case_id, kin.of), (kin.case_id, kin.who)}
        recorded = ends & accused_keys and ends & protected
        only_said = not kin.who and kin.role.strip().casefold() == "accused" and ends & protected
        if kin.relation in RELATIVES and (recorded or only_said):
            rows.append(snapshot.row(kin, "survivors.Kinship", _("Relation")))
    return rows


RULES = {
    rule.__name__: rule
    for rule in (
        bail_granted, bail_pending_appeal, bail_application_pending, repeat_accused, reoffended_on_bail,
        operation_failed, operation_tip_off, survivor_missing, survivor_recaptured, lookout_sent,
        hearing_soon, hearing_unrecorded, hearing_adjourned_streak, trial_delayed_repeatedly,
        custody_over_90_days, review_overdue, review_soon, compensation_unpaid, case_reopened,
        family_member_accused, ) }  # fmt: skip
