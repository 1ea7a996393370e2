"""After the verdict: a sentence that ends soon, and money that does not come."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import Role
from aftercare.models import Care
from cases.clock import today_in
from cases.models import Assignment, Case
from cases.querysets import holding_now
from notifications.actions.alerts import Opening, open_alerts
from notifications.models import Alert
from notifications.rules import Practice, To, Urgency
from prosecutions.actions import reckon_releases
from prosecutions.ledger import lines_of
from prosecutions.models import Accused, Award, AwardStep, Release, Verdict
from prosecutions.sentencing import ENFORCED, ReleaseState
from prosecutions.states import AppealBy, VerdictResult
from reference.fields import First
from reference.values import PartialDate

DAY = timedelta(days=1)
# Days before the release, the furthest first, each with how hard it knocks.
BEFORE = {90: Urgency.CONFIRM, 30: Urgency.CONFIRM, 7: Urgency.COURT}
UNPAID = (30, 60, 90)
LOOK_BACK = timedelta(days=120)
AT_A_TIME = 100
OURS = (AppealBy.PROSECUTION, AppealBy.SURVIVOR)


def open_releases(*, by: User, now: datetime) -> int:
    """Warn of each release in its steps, and say that a day told before holds no more."""
    lay_down_missing(now)
    horizon = (now + timedelta(days=max(BEFORE)) + DAY).date()
    rows = Release.objects.filter(release_on__gte=(now - DAY).date(), release_on__lte=horizon)
    rows = rows.filter(state__in=[ReleaseState.DATED, ReleaseState.UNKNOWN])
    ahead = list(rows.select_related("accused", "case__office"))
    workers = social_workers(ahead)
    due = [(row, step) for row in ahead if (step := step_due(row, now))]
    openings = [
        Opening(
            "C7", row.case, row.accused, key(row, step), title=f"C7.t{step}", urgency=BEFORE[step],
            known={To.SW: workers[row.case_id]} if workers[row.case_id] else {}, facts=told_of(row),
            supersedes=("C7",),
        )
        for row, step in due
    ]  # fmt: skip
    openings += elsewhere(due)
    return len(open_alerts([*openings, *moved(now)], by=by, now=now))


def lay_down_missing(now: datetime) -> None:
    """Judgments that came over from files have no day of release yet."""
    rows = Verdict.objects.filter(result=VerdictResult.CONVICTED, accused__release=None)
    cases = rows.order_by("case").values_list("case", flat=True).distinct()[:AT_A_TIME]
    for case in Case.objects.filter(pk__in=list(cases)).select_related("office"):
        reckon_releases(case, now)


def step_due(row: Release, now: datetime) -> int | None:
    """The nearest step whose day has come; None before the first and once the day is over."""
    if row.release_on is None:
        return None
    left = (row.release_on - today_in(row.case.office, now)).days
    return min((step for step in BEFORE if left <= step), default=None) if left >= 0 else None


def key(row: Release, step: int | str) -> str:
    """Each day that was ever announced has its own steps, once."""
    return f"C7:{row.pk}:m{row.moves}:{step}"


def told_of(row: Release) -> dict[str, str | int]:
    return {"release": row.release_on.isoformat() if row.release_on else "", "move": row.moves}


def social_workers(rows: Sequence[Release]) -> dict[UUID, list[UUID]]:
    """By case: who cares for each of its survivors, and the social workers of its team."""
    cases = {row.case_id for row in rows}
    found: dict[UUID, list[UUID]] = defaultdict(list)
    if cases:
        cares = Care.objects.filter(case__in=cases, worker__isnull=False)
        team = Assignment.objects.filter(holding_now(), case__in=cases, role=Role.SOCIAL_WORKER, backup=False)
        for case, worker in (*cares.values_list("case", "worker"), *team.values_list("case", "user")):
            found[case].append(worker)
    return {case: sorted(set(people)) for case, people in found.items()} | dict.fromkeys(
        cases - found.keys(), []
    )


def elsewhere(due: Sequence[tuple[Release, int]]) -> Iterable[Opening]:
    """The same human being on files of other teams: theirs hear that somebody is let out, and no more."""
    people = {row.accused.perpetrator_id: (row, step) for row, step in due}
    if not people:
        return
    how = Practice((To.SW,), Urgency.CONFIRM)
    records = Accused.objects.counted().filter(perpetrator__in=people).select_related("case__office")
    for record in records.order_by("pk"):
        row, step = people[record.perpetrator_id]
        if record.case_id != row.case_id:
            name = f"C7:{record.perpetrator_id}:{row.release_on}:{step}:{record.case_id}"
            yield Opening(
                "C7", record.case, record, name,
                title="C7.elsewhere", practice=how, urgency=BEFORE[step], facts={"elsewhere": True},
                supersedes=("C7",),
            )  # fmt: skip


def live_releases() -> QuerySet:
    """Live alerts of a release in our own file."""
    return Alert.objects.live().filter(rule="C7", facts__has_key="release")


def moved(now: datetime) -> Iterable[Opening]:
    """Whoever holds a day that moved far away is told so; a nearer one has its own step."""
    held = list(live_releases().exclude(ladder=[]))
    rows = Release.objects.filter(accused__in=[alert.subject_id for alert in held])
    for row in rows.select_related("accused", "case__office"):
        stale = any(alert.facts["move"] != row.moves for alert in held if alert.subject_id == row.accused_id)
        if stale and row.release_on and step_due(row, now) is None:
            yield Opening(
                "C7", row.case, row.accused, key(row, "moved"), title="C7.moved", urgency=Urgency.NORMAL,
                facts=told_of(row), supersedes=("C7",),
            )  # fmt: skip


def open_unpaid(*, by: User, now: datetime) -> int:
    """Ask for money that was ordered and has not come: after 30, 60 and 90 days, and when a step is due."""
    today = now.date()
    ordered = Award.objects.annotate(first=First("ordered_on")).filter(
        first__lte=today - timedelta(days=min(UNPAID) - 1), first__gte=today - LOOK_BACK
    )
    stepped = AwardStep.objects.filter(next_on__lte=today + DAY, next_on__gte=today - LOOK_BACK)
    wanted = Q(pk__in=ordered.values("pk")) | Q(pk__in=stepped.values("award"))
    rows = Award.objects.filter(wanted, set_aside_on="").select_related("case__office")
    openings = []
    for award in rows.prefetch_related("shares__headcount", "payments", "steps"):
        due = reminder_due(award, now) if still_due(award) else None
        if due:
            opening = Opening("D3", award.case, award, f"D3:{award.pk}:{due}", supersedes=("D3",))
            openings.append(opening)
    return len(open_alerts(openings, by=by, now=now))


def still_due(award: Award) -> bool:
    """Is something surely owed? Reads prefetched rows only."""
    lines = lines_of(award, list(award.shares.all()), list(award.payments.all()))
    return not award.set_aside_on and any((line.due.low or 0) > 0 for line in lines)


def reminder_due(award: Award, now: datetime) -> str | None:
    """The latest reminder whose day has come and was not over when it was written down."""
    today = today_in(award.case.office, now)
    steps = sorted(award.steps.all(), key=lambda row: (row.on, row.created_at))
    dates: list[tuple[date, date, str]] = []
    ordered = PartialDate(award.ordered_on) if award.ordered_on else None
    if ordered and ordered.exact and not any(row.kind in ENFORCED for row in steps):
        known = today_in(award.case.office, award.created_at)
        dates = [(ordered.first + timedelta(days=days), known, f"d{days}") for days in UNPAID]
    if steps and steps[-1].next_on:
        known = today_in(award.case.office, steps[-1].created_at)
        dates.append((steps[-1].next_on, known, f"step:{steps[-1].pk}"))
    due = [(day, name) for day, known, name in dates if known <= day <= today]
    return max(due)[1] if due else None


def settled(live: QuerySet, now: datetime) -> Iterable[QuerySet]:
    """The live alerts of this file whose deed is done."""
    yield live.filter(pk__in=releases_over(live, now))
    yield live.filter(pk__in=money_over(live))
    yield from appealed(live)


def releases_over(live: QuerySet, now: datetime) -> list[UUID]:
    """Answered since it opened, moved or gone; or its day has long passed."""
    held = list(live.filter(rule="C7").select_related("office"))
    if not held:
        return []
    subjects = Accused.objects.filter(pk__in=[alert.subject_id for alert in held])
    people = dict(subjects.values_list("pk", "perpetrator"))
    rows = Release.objects.filter(accused__perpetrator__in=people.values()).select_related("accused")
    own = {row.accused_id: row for row in rows}
    since = now.date() - DAY
    inside = {row.accused.perpetrator_id for row in rows if row.release_on and row.release_on >= since}
    over = []
    for alert in held:
        if alert.facts.get("elsewhere"):
            done = people.get(alert.subject_id) not in inside
        else:
            done = is_over(alert, own.get(alert.subject_id), now)
        if done:
            over.append(alert.pk)
    return over


def is_over(alert: Alert, row: Release | None, now: datetime) -> bool:
    if row is None or row.release_on is None or alert.facts.get("move") != row.moves:
        return True
    answered = row.answered and row.answered_at is not None and row.answered_at >= alert.opened_at
    return answered or row.release_on < today_in(alert.office, now) - timedelta(days=30)


def money_over(live: QuerySet) -> list[UUID]:
    """Paid, set aside, or on its way by a step that answers."""
    held = {alert.subject_id: alert for alert in live.filter(rule="D3")}
    rows = Award.objects.filter(pk__in=list(held)).prefetch_related("shares__headcount", "payments", "steps")
    return [
        held[award.pk].pk
        for award in rows
        if not still_due(award) or any(answers(step, held[award.pk]) for step in award.steps.all())
    ]


def answers(step: AwardStep, alert: Alert) -> bool:
    """Was this step taken since the reminder?"""
    return step.kind in ENFORCED and step.created_at >= alert.opened_at


def appealed(live: QuerySet) -> Iterable[QuerySet]:
    """Somebody has appealed against the acquittal on our side."""
    appeals = Accused.objects.filter(appeals__by__in=OURS, appeals__created_at__gte=OuterRef("opened_at"))
    of_person = Exists(appeals.filter(pk=OuterRef("subject_id")))
    yield live.filter(of_person, rule="J1", subject=Accused._meta.label)
    judged = Verdict.objects.filter(
        pk=OuterRef("subject_id"), accused__appeals__by__in=OURS,
        accused__appeals__created_at__gte=OuterRef("opened_at"),
    )  # fmt: skip
    yield live.filter(Exists(judged), rule="J1", subject=Verdict._meta.label)
