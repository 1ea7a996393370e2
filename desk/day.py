"""My day: what waits for one person now and in the week to come; what is not her work is not asked for."""

from collections import Counter
from datetime import datetime, time, timedelta

from django.apps import apps
from django.db.models import Count, Exists
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership, User
from accounts.roles import Can
from accounts.scope import viewer
from accounts.signals_of_duress import signals_for
from aftercare.models import Care, CareTask
from aftercare.task_words import row_of as row_of_care_task
from audit.models import Event
from cases.clock import day_of_figures
from cases.models import Case, Emergency, Task
from cases.querysets import review_within
from desk.asking import ask, how_many
from desk.links import address
from figures.catalogue import FIGURES
from figures.rollups import Rollups
from notifications.models import Alert, Endpoint, InboxItem
from notifications.rules import Urgency
from notifications.subjects import kinds_closed_to
from prosecutions.countdown import with_countdown
from prosecutions.models import BailOrder, Clock, Hearing
from reference.templatetags.look import icon_name
from reference.templatetags.show import clock, quantity
from reference.templatetags.show import day as day_in_words

A_FEW, MANY, WEEK = 6, 20, 7
URGENT = (Urgency.SAFETY, Urgency.COURT)
LATE_FIRST = ("due_on", "created_at", "pk")


def midnight(day):
    """The moment at which the day begins on the clock of the person's office."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_of(user):
    """Everything the home page of this person shows."""
    today = timezone.localdate()
    shown = {"today": today, "perms_case": user.can(Can.VIEW_CASE), "quick": ways_to_begin(user)}
    shown |= ask(user, **counts(user, today))
    # Urgent alerts come to this person, and nothing but her mail would tell her at night.
    shown["mail_alone"] = shown.pop("reachable", True) is False
    if user.can(Can.VIEW_CASE):
        shown |= casework(user, today, shown)
    if user.can(Can.VIEW_DASHBOARD):
        shown |= {"escalated": escalated(), "tiles": tiles(user, today)}
    if user.can(Can.REVIEW_ACCESS):
        shown["reviews_owed"] = reviews_owed(user)
    if user.can(Can.MANAGE_PEOPLE):
        shown["people_facts"] = people_facts()
    if user.can(Can.VIEW_PEOPLE_TRAIL):
        shown["busiest"] = busiest(timezone.now())
    shown["summary"] = summary_of(shown)
    return shown


def counts(user, today):
    """The numbers of the page, and whether alerts reach her at night: questions for one statement."""
    asked = {}
    if user.can(Can.VIEW_CASE):
        asked["danger"] = how_many(unanswered(), "alert", distinct=True)
    if user.can(Can.WRITE_AFTERCARE):
        asked |= counts_of_care(user, today)
    if user.can(Can.REVIEW_ACCESS):
        asked["signals"] = how_many(signals_for(user).filter(answered_at=None))
    if user.can(Can.MANAGE_RIGHTS):
        asked["rights_late"] = how_many(late_answers(today))
    if user.can(Can.VIEW_CASE) or user.can(Can.MANAGE_PEOPLE):
        asked["reachable"] = Exists(Endpoint.objects.filter(user=user).reachable())
    return asked


def counts_of_care(user, today):
    """How much is late and due for the people entrusted to this person, and how many were not reached."""
    now, due = timezone.now(), care_tasks_due(user, today)
    silent = Care.objects.filter(worker=user).silent(now)
    late = due.filter(due_at__lt=now)
    return {"care_due": how_many(due), "care_late": how_many(late), "care_silent": how_many(silent)}


def casework(user, today, counted):
    """The parts of the day that come from cases."""
    hearings = hearings_of_day(user, today)
    reviews = reviews_due(user, today)
    return {
        "hearings": hearings,
        "agenda": agenda(hearings, reviews, today),
        "unrecorded": unrecorded(user),
        "tasks": list(open_tasks(user)[:8]),
        "week": week_ahead(user, today),
        "reviews": reviews,
        "care_tasks": care_tasks(user, today, counted),
        "bail": pending_bail(user),
        "clocks": pressing_clocks(user),
        "cases": list(Case.objects.named_on(user).for_list()[:A_FEW]),
        "may_finish": user.can(Can.WRITE_NOTE),
    }


def reviews_owed(user):
    """Openings in an emergency that this person is to review, and whether one has waited too long."""
    offices = {office for office, _role in user.live_memberships if user.can_in(office, Can.REVIEW_ACCESS)}
    begun = Emergency.objects.waiting().filter(office__in=offices - {None}).exclude(user=user)
    moments = list(begun.values_list("started_at", flat=True))
    if not moments:
        return None
    return {"waiting": len(moments), "late": min(moments) + review_within() < timezone.now()}


def late_answers(today):
    """Requests of survivors that should have been answered by now; the app of rights stands above."""
    return apps.get_model("rights", "RightsRequest").objects.late(today)


def unanswered():
    """Messages of urgent alerts that nobody has taken on."""
    return InboxItem.objects.standing().filter(acked_at=None, urgency__in=URGENT, alert__state="open")


def hearings_of_day(user, today):
    """Hearings of today in cases that are this person's business, those with an outcome included."""
    if not user.can(Can.VIEW_HEARING):
        return []
    start = midnight(today)
    return list(Hearing.objects.between(start, start + timedelta(days=1)).for_list()[:MANY])


def agenda(hearings, reviews, today):
    """Today in time order; what has no hour comes after what has."""
    timed = [hearing_row(hearing) for hearing in hearings]
    return timed + [review_row(care) for care in reviews if care.review_due == today]


def hearing_row(hearing):
    """One hearing as a row of the day."""
    proceeding = hearing.proceeding
    tag = {"label": hearing.get_outcome_display(), "tone": hearing.outcome} if hearing.outcome else None
    if not hearing.outcome and hearing.confirmed_at:
        tag = {"label": _("Confirmed"), "tone": "done"}
    return {
        "time": clock(hearing.starts_at) if hearing.local_time else "–",
        "title": hearing.get_purpose_display() or _("Hearing"),
        "url": address("prosecutions:hearing-detail", hearing.pk),
        "number": hearing.case.number,
        "note": " · ".join(part for part in (hearing.case.title, proceeding.court, hearing.room) if part),
        "tags": [tag] if tag else [],
        "who": hearing.who_goes.name if hearing.who_goes else "",
        "struck": hearing.outcome == "vacated",
    }


def review_row(care):
    """One aftercare review as a row of the day."""
    return {
        "time": "–",
        "title": _("Aftercare review: %(who)s") % {"who": called(care)},
        "url": address("aftercare:care-detail", care.pk),
        "number": care.case.number,
        "note": care.case.title,
        "tags": [],
        "who": care.worker.name if care.worker else "",
        "struck": False,
    }


def called(care):
    """Whom the care is for, as staff call them."""
    return care.survivor.called if care.survivor else care.headcount.label


def unrecorded(user):
    """Hearings that have begun and of which nobody has said what happened, the longest ago first."""
    if not user.can(Can.RECORD_HEARING):
        return []
    return list(Hearing.objects.unrecorded(timezone.now()).for_list()[:A_FEW])


def open_tasks(user):
    """The person's own tasks, what is due first on top."""
    rows = Task.objects.filter(assigned_to=user, done_at=None).select_related("case")
    return rows.order_by(*LATE_FIRST)


def week_ahead(user, today):
    """The next seven days on which there is something: (day, how many hearings)."""
    if not user.can(Can.VIEW_HEARING):
        return []
    start = midnight(today + timedelta(days=1))
    coming = Hearing.objects.expected().between(start, start + timedelta(days=WEEK))
    days = Counter(timezone.localdate(at) for at in coming.values_list("starts_at", flat=True))
    return [
        {
            "day": day_in_words(day),
            "said": ngettext("%(count)s hearing", "%(count)s hearings", count) % {"count": count},
        }
        for day, count in sorted(days.items())
    ]


def reviews_due(user, today):
    """Aftercare reviews overdue or due within a week, for those who hold them."""
    if not user.can(Can.WRITE_AFTERCARE):
        return []
    rows = Care.objects.going_on().with_review().filter(review_due__lte=today + timedelta(days=WEEK))
    return list(rows.for_list()[:A_FEW])


def care_tasks_due(user, today):
    """What is to be done today, or should have been, for the people entrusted to this person."""
    rows = CareTask.objects.waiting().of_worker(user)
    return rows.filter(due_at__lt=midnight(today + timedelta(days=1)))


def care_tasks(user, today, counted):
    """What waits for the people entrusted to this person: late, today, and how many were not reached."""
    if not counted.get("care_due") and not counted.get("care_silent"):
        return None
    now = timezone.now()
    soonest = care_tasks_due(user, today).for_list()[:A_FEW] if counted["care_due"] else ()
    rows = [row_of_care_task(task, now) for task in soonest]
    return {"late": counted["care_late"], "silent": counted["care_silent"], "rows": rows}


def pending_bail(user):
    """Bail that is asked for and not decided, for those who answer it."""
    if not user.can(Can.WRITE_BAIL):
        return []
    return list(BailOrder.objects.pending().for_list()[:A_FEW])


def pressing_clocks(user):
    """Clocks of the law that end within two weeks or have just run out, for those who act on them."""
    if not user.can(Can.WRITE_BAIL):
        return []
    now = timezone.now()
    return with_countdown(Clock.objects.pressing(now).for_board()[:A_FEW], now)


def escalated():
    """Alerts that nobody took on in time and that went on to the next people."""
    rows = Alert.objects.live().filter(state="open", step__gt=0)
    rows = rows.exclude(subject__in=kinds_closed_to(viewer()))
    return list(rows.for_list()[:A_FEW])


# What a director looks at first, with the verb that the figure needs beside that of the dashboard.
TILES = {
    "cases_open": Can.VIEW_CASE,
    "accused_on_bail": Can.VIEW_ACCUSED,
    "hearings_adjourned": Can.VIEW_HEARING,
    "reviews_due": Can.VIEW_AFTERCARE,
}


def tiles(user, today):
    """The first figures of the dashboard, each with the list it counts."""
    names = [name for name, verb in TILES.items() if user.can(verb)]
    sums = Rollups(Case.objects.all(), day_of_figures(user, timezone.now()) or today, names=names)
    return [
        {
            "label": FIGURES[name].label,
            "value": quantity(sums.value(name)),
            "url": address("dashboards:figure-list", name),
        }
        for name in names
    ]


def people_facts():
    """For those who manage people: how many there are, and who can do nothing yet or is still let in."""
    people = User.objects.filter(principal="", is_active=True)
    seated = Membership.objects.filter(ended_at=None).values("user_id")
    unseated = people.exclude(pk__in=seated).order_by("name", "pk")
    return {"active": people.count(), "without_role": list(unseated[:A_FEW])}


def busiest(now):
    """For auditors: how many acts each person has done in a day; no case, no name out of one."""
    acts = Event.objects.live().between(now - timedelta(days=1), now)
    counted = list(
        acts.order_by().values("actor_id").annotate(n=Count("id")).order_by("-n", "actor_id")[:MANY]
    )
    names = User.objects.in_bulk([row["actor_id"] for row in counted])
    return [
        {
            "name": names[row["actor_id"]].name if row["actor_id"] in names else _("Somebody unknown"),
            "url": address("dashboards:person-trail", person=row["actor_id"]),
            "said": ngettext("%(count)s act", "%(count)s acts", row["n"]) % {"count": row["n"]},
        }
        for row in counted
    ]


def ways_to_begin(user):
    """What a day most often begins with."""
    wanted = (
        (Can.OPEN_CASE, "cases:case-open", _("Open a case"), icon_name("plus")),
        (Can.MANAGE_PEOPLE, "accounts:person-invite", _("Invite a person"), icon_name("plus")),
    )
    found = [(address(name), label, icon) for verb, name, label, icon in wanted if user.can(verb)]
    return [{"url": url, "label": label, "icon": icon} for url, label, icon in found if url]


def summary_of(shown):
    """The grey line under the date: how much there is today."""
    parts = []
    hearings, tasks = len(shown.get("hearings", ())), shown.get("tasks", ())
    due = sum(1 for task in tasks if task.due_on and task.due_on <= shown["today"])
    if hearings:
        parts.append(
            ngettext("%(count)s hearing today", "%(count)s hearings today", hearings) % {"count": hearings}
        )
    if due:
        parts.append(ngettext("%(count)s task due", "%(count)s tasks due", due) % {"count": due})
    return " · ".join(parts)
