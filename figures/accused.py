"""The accused: arrested, charged, convicted, on bail, in custody, sentenced, and who they were before.

Accused and suspects count once in a case, however many arrests, charges, statements or spellings; those
accused elsewhere or merely mentioned count nowhere. Readings of the rules:

- Arrests of one operation: the higher of its head-count (its own, or its sites' added up) and of the records,
  less those who were counted with an earlier operation. Somebody arrested in an operation and again outside
  of it counts with the operation.
- A trial makes charged: a criminal trial, here or abroad, that has come as far as the trial, or whose stage
  is not known. A charge without a state is filed when a filing date or a plea is recorded.
- A conviction stands unless it is marked as overturned, or a later appeal by the accused was allowed without
  giving another sentence, or a retrial was ordered and has not convicted again.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from figures.querysets import EVER_GRANTED
from figures.rows import NOTHING, ONE, happened
from prosecutions.states import Charging, ProceedingKind, Stage
from reference.values import Quantity

CHARGED = (Charging.FILED, Charging.AMENDED, Charging.DECIDED)
TRIALS = (ProceedingKind.CRIMINAL_TRIAL, ProceedingKind.FOREIGN_PROSECUTION)
IN_TRIAL = ("", Stage.TRIAL, Stage.JUDGMENT, Stage.APPEAL, Stage.CLOSED)
OPERATION, ACCUSED = "operations.Operation", "prosecutions.Accused"


def registered(snapshot):
    """Dated by the first arrest, else by the opening of the case."""
    arrests = snapshot.grouped("arrests", "accused_id")
    return [
        snapshot.row(
            person,
            ACCUSED,
            _("Accused or suspect"),
            on=earliest(a.on for a in arrests.get(person.id, ()))
            or snapshot.by_case[person.case_id].opened_on,
        )
        for person in snapshot.table("accused")
    ]


def arrested(snapshot):
    """People arrested, in operations by the higher of head-count and records, and outside of them by
    records.
    """
    operations = sorted(_carried_out(snapshot), key=lambda op: (op.on.first if op.on else date.max, op.key))
    inside, outside = {}, {}
    known = {op.id for op in operations}
    for arrest in snapshot.table("arrests"):
        if happened(arrest.on, snapshot.as_of):
            place = inside if arrest.operation_id in known else outside
            place.setdefault(arrest.operation_id if place is inside else arrest.accused_id, []).append(arrest)
    rows, seen = [], set()
    for operation in operations:
        people = {arrest.accused_id for arrest in inside.get(operation.id, ())}
        amount = _less(_arrested_in(operation, snapshot, len(people)), len(people & seen))
        seen |= people
        if amount != NOTHING:
            rows.append(snapshot.row(operation, OPERATION, _("Arrests in an operation"), amount=amount))
    rows += [
        snapshot.row(arrests[0], "prosecutions.Arrest", _("Arrest"))
        for person, arrests in outside.items()
        if person not in seen
    ]
    return rows


def _carried_out(snapshot):
    return [op for op in snapshot.table("operations") if happened(op.on, snapshot.as_of)]


def _arrested_in(operation, snapshot, records):
    number = Quantity.of(records)
    if operation.arrested:
        number = number.higher(Quantity.of(operation.arrested))
    at_sites = [
        Quantity.of(site.arrested) for site in _sites(snapshot).get(operation.id, ()) if site.arrested
    ]
    return number.higher(sum(at_sites, NOTHING))


def _sites(snapshot):
    return snapshot.once(_sites_by_operation)


def _sites_by_operation(snapshot):
    return snapshot.grouped("sites", "operation_id")


def _less(number, repeated):
    """A number of people less those who were counted before; never below none."""
    if not repeated:
        return number
    low, high = (None if end is None else max(end - repeated, 0) for end in (number.low, number.high))
    return Quantity(low, high, number.about)


def charged(snapshot):
    """Dated by the first filing, verdict or trial."""
    since = {}
    for charge in snapshot.table("charges"):
        if _is_charged(charge) and happened(charge.filed_on, snapshot.as_of):
            since.setdefault(charge.accused_id, []).append(charge.filed_on)
    for verdict in snapshot.table("verdicts"):
        if happened(verdict.on, snapshot.as_of):
            since.setdefault(verdict.accused_id, []).append(verdict.on)
    trials = {trial.id: trial for trial in snapshot.table("proceedings") if _is_trial(trial)}
    for party in snapshot.table("parties"):
        if party.proceeding_id in trials:
            since.setdefault(party.accused_id, []).append(trials[party.proceeding_id].opened_on)
    return [
        snapshot.row(person, ACCUSED, _("Charged"), on=earliest(since[person.id]))
        for person in snapshot.table("accused")
        if person.id in since
    ]


def _is_charged(charge):
    return charge.status in CHARGED or (charge.status == "" and bool(charge.filed_on or charge.plea_on))


def _is_trial(proceeding):
    return proceeding.kind in TRIALS and proceeding.stage in IN_TRIAL


def earliest(dates):
    """The first of some dates; '' when none is known."""
    known = sorted((on for on in dates if on), key=lambda on: (on.first, on.last))
    return known[0] if known else ""


def convicted(snapshot):
    """Dated by the first conviction that stands."""
    since = {}
    for verdict in snapshot.once(convictions):
        since.setdefault(verdict.accused_id, []).append(verdict.on)
    return [
        snapshot.row(person, ACCUSED, _("Convicted"), on=earliest(since[person.id]))
        for person in snapshot.table("accused")
        if person.id in since
    ]


def convictions(snapshot):
    """Verdicts of guilty that stand."""
    verdicts, appeals = snapshot.grouped("verdicts", "accused_id"), snapshot.once(_decided_appeals)
    return [
        verdict
        for person, given in verdicts.items()
        for verdict in given
        if verdict.result == "convicted"
        and happened(verdict.on, snapshot.as_of)
        and not (verdict.overturned_on and happened(verdict.overturned_on, snapshot.as_of))
        and not any(_sets_aside(appeal, verdict, given) for appeal in appeals.get(person, ()))
    ]


def fell_on(verdict, snapshot):
    """The day on which a conviction ceased to stand: as written, else of the appeal that set it aside."""
    if verdict.overturned_on and happened(verdict.overturned_on, snapshot.as_of):
        return verdict.overturned_on
    given = snapshot.grouped_once("verdicts", "accused_id").get(verdict.accused_id, [])
    appeals = snapshot.once(_decided_appeals).get(verdict.accused_id, ())
    return earliest(appeal.decided_on for appeal in appeals if _sets_aside(appeal, verdict, given))


def _decided_appeals(snapshot):
    """Appeals that are no longer open on the day, by accused, the latest decision last."""
    groups = {}
    for appeal in snapshot.table("appeals"):
        if appeal.outcome != "pending" and happened(appeal.decided_on, snapshot.as_of):
            groups.setdefault(appeal.accused_id, []).append(appeal)
    for appeals in groups.values():
        appeals.sort(key=lambda a: (a.decided_on.last if a.decided_on else date.max, a.position))
    return groups


def _sets_aside(appeal, verdict, given):
    if not _comes_after(appeal, verdict):
        return False
    if appeal.outcome == "retrial":
        dated = bool(verdict.on and (appeal.decided_on or appeal.filed_on))
        return dated or verdict is not given[-1] or len(given) == 1
    sentenced = appeal.life or _has_months(appeal)
    return appeal.outcome == "allowed" and appeal.by in ("accused", "") and not sentenced


def _has_months(appeal):
    return bool(appeal.months) and Quantity.of(appeal.months).high != 0


def _comes_after(appeal, verdict):
    """An appeal is against what was decided before it; without dates, against everything."""
    when = appeal.decided_on or appeal.filed_on
    return not when or not verdict.on or verdict.on.first <= when.last


def sentences(snapshot):
    """Months of prison of each standing conviction: the upper end, as the latest appeal left it.

    Suspended sentences count; life counts apart.
    """
    rows = []
    for verdict in snapshot.once(convictions):
        appeal = _last_word(verdict, snapshot)
        months = appeal.months if appeal else verdict.months
        if months:
            number = Quantity.of(months)
            rows.append(
                snapshot.row(
                    verdict,
                    "prosecutions.Verdict",
                    _("Prison sentence"),
                    on=(appeal.decided_on if appeal else "") or verdict.sentence_on or verdict.on,
                    amount=Quantity(
                        number.low if number.high is None else number.high, number.high, number.about
                    ),
                )
            )
    return rows


def _last_word(verdict, snapshot):
    """The latest appeal that gave another number of months, or life."""
    appeals = snapshot.once(_decided_appeals).get(verdict.accused_id, ())
    changing = [row for row in appeals if (row.months or row.life) and _comes_after(row, verdict)]
    return changing[-1] if changing else None


def life_sentences(snapshot):
    """Of standing convictions, unless an appeal turned life into months."""
    return [
        snapshot.row(
            verdict, "prosecutions.Verdict", _("Life sentence"), on=verdict.sentence_on or verdict.on
        )
        for verdict in snapshot.once(convictions)
        if (last.life if (last := _last_word(verdict, snapshot)) else verdict.life)
    ]


def fines(snapshot):
    """Of standing convictions."""
    return [
        snapshot.row(
            verdict,
            "prosecutions.Verdict",
            _("Fine"),
            on=verdict.sentence_on or verdict.on,
            amount=Quantity(verdict.fine_low, verdict.fine_high),
            currency=verdict.fine_currency,
        )
        for verdict in snapshot.once(convictions)
        if verdict.fine_currency
    ]


def on_bail(snapshot):
    """Granted and not ended; an end of which only the fact is known is an end. One person once."""
    return _people_once(
        snapshot,
        (
            (order, order.decided_on)
            for order in granted_bails(snapshot)
            if not _bail_over(order, snapshot.as_of)
        ),
        _("On bail"),
    )


def granted_bails(snapshot):
    """Bails that were granted by the day, whatever became of them."""
    return [
        order
        for order in snapshot.table("bail_orders")
        if order.status in EVER_GRANTED and happened(order.decided_on, snapshot.as_of)
    ]


def _bail_over(order, day):
    if order.ended_on:
        return happened(order.ended_on, day)
    return bool(order.ended) or order.status in ("CANCELLED", "ENDED")


def in_custody(snapshot):
    """A spell has begun and is not over. One person once."""
    return _people_once(
        snapshot,
        (
            (spell, spell.starts_on)
            for spell in snapshot.table("custodies")
            if happened(spell.starts_on, snapshot.as_of) and not spell_over(spell, snapshot.as_of)
        ),
        _("In custody"),
    )


def spell_over(spell, day):
    """A spell goes on until it has an end, dated or not, however long it has lasted."""
    if spell.ends_on:
        return happened(spell.ends_on, day)
    return spell.over


def _people_once(snapshot, facts, what):
    dates = {}
    for fact, on in facts:
        dates.setdefault(fact.accused_id, []).append(on)
    return [
        snapshot.row(person, ACCUSED, what, on=earliest(dates[person.id]), amount=ONE)
        for person in snapshot.table("accused")
        if person.id in dates
    ]


def custody_days(snapshot):
    """Days in custody for each accused whose every spell has exact dates or a number of days.

    The difference of the two dates, remand and sentence together; running spells up to the day.
    """
    spells, rows = snapshot.grouped("custodies", "accused_id"), []
    for person in snapshot.table("accused"):
        begun = [s for s in spells.get(person.id, ()) if happened(s.starts_on, snapshot.as_of)]
        days = [spell_days(spell, snapshot.as_of) for spell in begun]
        if days and None not in days:
            first = earliest(spell.starts_on for spell in begun)
            rows.append(
                snapshot.row(person, ACCUSED, _("Days in custody"), on=first, amount=sum(days, NOTHING))
            )
    return rows


def spell_days(spell, day):
    """The length of one spell when it is settled, else None: by exact dates, else by its number of days."""
    if spell.starts_on and spell.starts_on.exact and (end := _exact_end(spell, day)):
        return Quantity.of((end - spell.starts_on.first).days)
    return Quantity.of(spell.days) if spell.days else None


def _exact_end(spell, day):
    """The last day as of the day; a number of days speaks for a spell whose end is not written down."""
    if spell.ends_on and spell.ends_on.first > day:
        return day
    if spell.ends_on:
        return spell.ends_on.first if spell.ends_on.exact else None
    return None if spell.over or spell.days else day
