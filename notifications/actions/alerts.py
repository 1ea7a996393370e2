import os
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Model
from django.utils.translation import gettext as _

from accounts.models import Office, User
from audit.actions import record
from audit.models import Event
from cases.models import Case
from cases.states import IllegalMove, Sensitivity
from notifications.actions.owing import Owed, owe
from notifications.climbing import step_at
from notifications.models import Alert, AlertLog, Delivery, InboxItem
from notifications.nearness import event_at
from notifications.practices import Practices
from notifications.recipients import Directory
from notifications.rules import EACH_ANSWERS, WORKING, Practice, To, Urgency
from notifications.states import DUE_DELIVERY, LIVE_ALERT, AlertState, DeliveryState, LogKind
from operations.models import Operation
from prosecutions.models import Hearing


@dataclass(frozen=True)
class Opening:
    """An alert that a fact calls for; the key names the episode, so that one fact opens one alert."""

    rule: str
    case: Case | None  # None: about the system or an office, then with `office`
    subject: Model
    key: str
    title: str = ""
    urgency: Urgency | None = None
    practice: Practice | None = None
    known: Mapping[To, Sequence[UUID]] = field(default_factory=dict)
    asked: Mapping[UUID, To] = field(default_factory=dict)  # told without a right to see the case
    facts: Mapping[str, Any] = field(default_factory=dict)
    supersedes: tuple[str, ...] = ()
    hearing: Hearing | None = None
    office: Office | None = None
    outside_at: datetime | None = None  # it leaves the house from then on: it may be overtaken at once

    @property
    def home(self) -> Office:
        """The office whose clock and people count."""
        office = self.case.office if self.case else self.office
        if office is None:
            raise ValueError("an alert of no case needs an office")
        return office

    @property
    def subject_key(self) -> UUID:
        """Offices and entries of the law are numbered; an alert knows its record by a UUID."""
        pk = self.subject.pk
        return pk if isinstance(pk, UUID) else UUID(int=pk)

    @property
    def how(self) -> Practice:
        return self.practice or WORKING[self.rule]

    @property
    def knocks(self) -> Urgency:
        return self.urgency or self.how.urgency


def open_alerts(openings: Sequence[Opening], *, by: User, now: datetime) -> list[Alert]:
    """Open those that are new, tell their people, and replace what they overtake."""
    keys = [opening.key for opening in openings]
    known = Alert.objects.filter(episode_key__in=keys).values_list("episode_key", flat=True)
    there = set(known) if keys else set()
    wanted = {opening.key: opening for opening in openings if opening.key not in there and tellable(opening)}
    if not wanted:
        return []
    wanted = as_offices_ask(wanted, now)
    directory = Directory(
        [opening.case for opening in wanted.values() if opening.case],
        offices=[opening.home for opening in wanted.values() if opening.case is None],
    )
    people = {key: recipients(opening, directory) for key, opening in wanted.items()}
    rows = {key: alert_of(opening, people[key], now) for key, opening in wanted.items()}
    Alert.objects.bulk_create(rows.values(), ignore_conflicts=True)
    new = set(Alert.objects.filter(pk__in=[row.pk for row in rows.values()]).values_list("pk", flat=True))
    opened = [(wanted[key], alert) for key, alert in rows.items() if alert.pk in new]
    told = {alert.pk: people[opening.key] for opening, alert in opened}
    resting = {pk: directory.resting(found) for pk, found in told.items()}
    owe(
        [owed for one, alert in opened for owed in owed_by(one, alert, told[alert.pk], resting[alert.pk])],
        now=now,
    )
    log(LogKind.OPENED, [(alert, told[alert.pk]) for _opening, alert in opened], by=by, now=now)
    skipped = [(alert, left_out(opening, directory)) for opening, alert in opened]
    log(LogKind.SKIPPED, [(alert, people) for alert, people in skipped if people], by=by, now=now)
    trail("alert.open", [alert for _opening, alert in opened], by=by, now=now)
    for opening, alert in opened:
        if opening.supersedes:
            supersede_older(alert, opening.supersedes, by=by, now=now)
    return [alert for _opening, alert in opened]


def as_offices_ask(wanted: Mapping[str, Opening], now: datetime) -> dict[str, Opening]:
    """Each as its office has tightened the rule; one query for all of them."""
    known = Practices(
        [one.home.pk for one in wanted.values()], now, rules=[one.rule for one in wanted.values()]
    )
    return {
        key: replace(
            one,
            practice=known.practice(one.rule, one.home.pk, one.how),
            urgency=known.urgency(one.rule, one.home.pk, one.knocks),
        )
        for key, one in wanted.items()
    }


def tellable(opening: Opening) -> bool:
    """A plan is known to its circle alone, and an alert stands in lists of the case: of plans none opens."""
    return not (isinstance(opening.subject, Operation) and opening.subject.closed)


def alert_of(opening: Opening, told: Mapping[UUID, To], now: datetime) -> Alert:
    """The row of the alert, with a copy of the ladder as it stands today and the roles it reached first."""
    how, case, office = opening.how, opening.case, opening.home
    alert = Alert(
        case=case, office_id=office.pk, rule=opening.rule,
        sensitivity=case.sensitivity if case else Sensitivity.SEALED,
        subject=opening.subject._meta.label, subject_id=opening.subject_key, episode_key=opening.key,
        urgency=opening.knocks, facts={**opening.facts, **kept(opening), "told": first_told(opening, told)},
        ladder=how.ladder(opening.knocks), opened_at=now,
        created_at=now, created_by_pid=os.getpid(),
    )  # fmt: skip
    alert.act_by = now + timedelta(minutes=how.act_minutes) if how.act_minutes and alert.ladder else None
    alert.next_step_at = step_at(alert, office, event_at(opening.hearing or opening.subject, office))
    return alert


def kept(opening: Opening) -> dict[str, Any]:
    """What the alert keeps of its rule as it is today: how often it is asked again, the minutes to act."""
    again = opening.how.again(opening.knocks)
    act = opening.how.act_minutes
    return ({"again": again} if again else {}) | ({"act": act} if act else {})


def first_told(opening: Opening, told: Mapping[UUID, To]) -> list[str]:
    """The roles that were asked first, in the order of the rule; those told in passing come after."""
    roles = list(dict.fromkeys(told.values()))
    return sorted((role.value for role in roles), key=lambda role: role in opening.how.quiet)


def recipients(opening: Opening, directory: Directory) -> dict[UUID, To]:
    """Whom the alert reaches, each with the reason."""
    if opening.asked:
        return dict(opening.asked)
    how = opening.how
    if opening.case is None:
        return directory.staff(opening.home, how.to, known=opening.known, fallback=how.fallback)
    return directory.resolve(opening.case, how.to, known=opening.known, fallback=how.fallback, also=how.also)


def left_out(opening: Opening, directory: Directory) -> set[UUID]:
    """Whom the rule names and the need to know keeps out."""
    if opening.asked or opening.case is None:
        return set()
    return directory.left_out(opening.case, opening.how.to, known=opening.known)


def owed_by(
    opening: Opening, alert: Alert, told: Mapping[UUID, To], resting: Set[UUID] = frozenset()
) -> Iterable[Owed]:
    """What the alert puts into inboxes when it opens; whoever is away finds it there and is left in peace."""
    title = f"{opening.rule}.asked" if opening.asked else opening.title or opening.rule
    for user_id, why in told.items():
        yield Owed(
            user_id, opening.case, f"alert:{alert.pk}:step0", title, why, opening.knocks, alert=alert,
            hearing=opening.hearing, office=opening.office,
            mail=why not in opening.how.quiet and user_id not in resting, outside_at=opening.outside_at,
        )  # fmt: skip


def supersede_older(alert: Alert, rules: Sequence[str], *, by: User, now: datetime) -> None:
    """What this alert overtakes about the same subject is put aside, in inboxes and on its way."""
    older = Alert.objects.live().filter(subject_id=alert.subject_id, case_id=alert.case_id, rule__in=rules)
    older = list(older.exclude(pk=alert.pk).select_for_update())
    finish(older, AlertState.SUPERSEDED, by=by, now=now, superseded_by=alert)
    put_aside(InboxItem.objects.filter(alert__in=older))


def put_aside(items: Any) -> None:
    """Something later overtakes these items; what has not been sent of them stays here."""
    pks = list(items.filter(superseded=False).values_list("pk", flat=True))
    if pks:
        InboxItem.objects.filter(pk__in=pks).update(superseded=True)
        waiting = Delivery.objects.filter(item__in=pks, state__in=DUE_DELIVERY)
        waiting.update(state=DeliveryState.SUPPRESSED, reason="overtaken", next_at=None)


def finish(
    alerts: Sequence[Alert],
    state: AlertState,
    *,
    by: User,
    now: datetime,
    superseded_by: Alert | None = None,
    kind: LogKind = LogKind.CLOSED,
) -> int:
    """Close alerts, or put them aside for a later one."""
    live = Alert.objects.filter(pk__in=[alert.pk for alert in alerts], state__in=LIVE_ALERT)
    pks = set(live.values_list("pk", flat=True)) if alerts else set()
    if not pks:
        return 0
    Alert.objects.filter(pk__in=pks).update(
        state=state, next_step_at=None, closed_at=now, closed_by=by, superseded_by=superseded_by,
        handed_at=None, handed_to=None,
        version=F("version") + 1,
    )  # fmt: skip
    done = [alert for alert in alerts if alert.pk in pks]
    kind = LogKind.SUPERSEDED if state is AlertState.SUPERSEDED else kind
    log(kind, [(alert, ()) for alert in done], by=by, now=now)
    trail("alert.close", done, by=by, now=now)
    return len(done)


def acknowledge_alert(alert_id: UUID, *, by: User, now: datetime) -> Alert:
    """One person has it: the ladder stops for all. It closes only by the deed."""
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert_id)
    mine = InboxItem.objects.filter(alert=alert, user=by)
    answered = mine.filter(acked_at=None).update(acked_at=now, read_at=now)
    if alert.state not in LIVE_ALERT:
        raise IllegalMove(_("This alert is over already."))
    if alert.rule in EACH_ANSWERS:
        return answer_for_oneself(alert, answered > 0, mine.exists(), by=by, now=now)
    given = alert.handed_to_id == by.pk
    if alert.state == AlertState.ACKED and not given:
        return alert
    alert.state, alert.next_step_at = AlertState.ACKED, None
    alert.acked_at, alert.acked_by = now, by
    alert.handed_at = alert.handed_to = None
    # Handed to and fro, it is to be done no later for that.
    alert.act_by = alert.act_by if given else time_to_act(alert, now)
    alert.version += 1
    alert.save(update_fields=[
        "state", "next_step_at", "acked_at", "acked_by", "handed_at", "handed_to", "act_by", "version",
    ])  # fmt: skip
    log(LogKind.TAKEN_OVER if given else LogKind.ACKED, [(alert, ())], by=by, now=now)
    if given:
        record("alert.take_over", by=by, subject=alert, at=now, rule=alert.rule)
    else:
        record("alert.acknowledge", by=by, subject=alert, at=now, rule=alert.rule)
    return alert


def answer_for_oneself(alert: Alert, new: bool, told: bool, *, by: User, now: datetime) -> Alert:
    """She knows that the date has changed; the ladder goes on for the others who hold the old one."""
    if not told:
        raise IllegalMove(
            _("Each person who was told the old date says for herself that she knows the new one.")
        )
    if new:
        log(LogKind.ACKED, [(alert, [by.pk])], by=by, now=now)
        record("alert.acknowledge", by=by, subject=alert, at=now, rule=alert.rule)
    return alert


def time_to_act(alert: Alert, now: datetime) -> datetime | None:
    """Until when it is to be done: whoever takes it on has the time of the rule, however late she does."""
    if alert.act_by is None or "act" not in alert.facts:
        return alert.act_by
    return max(alert.act_by, now + timedelta(minutes=alert.facts["act"]))


def log(kind: LogKind, rows: Sequence[tuple[Alert, Iterable[UUID]]], *, by: User, now: datetime) -> None:
    """Write down what happened to the alerts, in the hand of this process."""
    AlertLog.objects.bulk_create(
        AlertLog(
            alert=alert, case_id=alert.case_id, office_id=alert.office_id, sensitivity=alert.sensitivity,
            at=now, kind=kind, step=alert.step, actor=by, people=sorted(people),
            pid=os.getpid(),
        )
        for alert, people in rows
    )  # fmt: skip


def trail(verb: str, alerts: Sequence[Alert], *, by: User, now: datetime) -> None:
    """audit.actions.record for many alerts in one statement."""
    Event.objects.bulk_create(
        Event(
            at=now, actor_id=by.pk, verb=verb, case_id=alert.case_id, subject=alert._meta.label,
            subject_id=str(alert.pk), detail={"rule": alert.rule, "step": alert.step},
        )
        for alert in alerts
    )  # fmt: skip
