"""My people: what is to be done for whom, by day; for leads, the same by worker."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.models import User
from accounts.roles import Can
from aftercare.models import Care, CareTask, Contact
from aftercare.task_words import row_of
from aftercare.views.contacts import contact_form, silence_of
from cases.paging import page_of

MOST = 200
NOBODY = "nobody"


@requires(Can.VIEW_AFTERCARE)
@require_safe
def people_list(request):
    """One person's people and tasks; a lead chooses whose, or sees all workers of her office in one table."""
    user, now = request.user, timezone.now()
    leads = user.can(Can.CLOSE_AFTERCARE) or not user.can(Can.WRITE_AFTERCARE)
    asked = request.GET.get("worker", "")
    everybody = leads and asked in ("", "all")
    worker = user if asked in ("", "me") or not leads else chosen(asked)
    context = {"leads": leads, "everybody": everybody, "worker": worker, "here": request.get_full_path()}
    context["nobody"] = worker is None
    context["mine"] = worker == user and not everybody
    if everybody:
        context |= {"workers": workers(now), "silent": list(silent(Care.objects.all(), now)[:20])}
    else:
        cares = Care.objects.filter(worker=worker).going_on()
        context |= {"days": by_day(tasks_of(worker), now), **people_of(cares, request, now)}
    context["may_write"] = user.can(Can.WRITE_AFTERCARE)
    return render(request, "aftercare/people_list.html", context)


def chosen(asked):
    """The worker named in the address; None for people whom nobody is named for."""
    if asked == NOBODY:
        return None
    try:
        found = User.objects.filter(pk=UUID(asked), cares__in=Care.objects.all()).distinct().first()
    except ValueError as why:
        raise Http404 from why
    if found is None:
        raise Http404
    return found


def tasks_of(worker):
    """What waits for one worker; without one, what waits for nobody."""
    rows = CareTask.objects.waiting()
    return rows.of_worker(worker) if worker else rows.filter(worker=None, care__worker=None)


def bounds(now):
    """(the end of today, the end of the seventh day) on the clock of whoever looks."""
    today = timezone.localdate(now)
    ends = (today + timedelta(days=1), today + timedelta(days=8))
    return [timezone.make_aware(datetime.combine(day, time.min)) for day in ends]


def by_day(tasks, now):
    """[(key, words, rows)]: late, today, this week, later; what is empty is left out."""
    tonight, week = bounds(now)
    groups = {"late": [], "today": [], "week": [], "later": []}
    for task in tasks.for_list()[:MOST]:
        when = "today" if task.due_at < tonight else "week" if task.due_at < week else "later"
        groups["late" if task.due_at < now else when].append(row_of(task, now))
    words = {"late": _("Late"), "today": _("Today"), "week": _("In the next 7 days"), "later": _("Later")}
    return [(key, words[key], rows) for key, rows in groups.items() if rows]


def with_next(cares):
    """Each person with how she was last reached and what is next."""
    last = Contact.objects.filter(care=OuterRef("pk")).order_by("-met_at")
    tasks = CareTask.objects.waiting().filter(care=OuterRef("pk")).order_by("due_at")
    return cares.with_last_seen().annotate(
        last_way=Subquery(last.values("way")[:1]), next_due=Subquery(tasks.values("due_at")[:1])
    )


def people_of(cares, request, now):
    """The people of one worker, the longest unheard of first, each with a form for the next contact."""
    rows = with_next(cares).select_related("case", "office", "survivor", "headcount", "worker")
    page = page_of(rows.order_by(F("silent_since").asc(), "pk"), request)
    people = [
        {"care": care, "silence": silence_of(care, now), "form": contact_form(care, care.last_way)}
        for care in page
    ]
    quiet = sum(row["silence"]["over"] for row in people)
    return {"page": page, "people": people, "quiet": quiet}


def silent(cares, now):
    """People whom nobody has reached for too long, the longest first."""
    rows = cares.silent(now).select_related("case", "office", "survivor", "worker")
    return rows.order_by("silent_since", "pk")


def workers(now):
    """One line for each worker with people or tasks: how many, late, due today and this week."""
    tonight, week = bounds(now)
    owner = {"who": F("worker"), "else_who": F("care__worker")}
    counts = CareTask.objects.waiting().order_by().values(**owner).annotate(
        late=Count("pk", filter=Q(due_at__lt=now)),
        today=Count("pk", filter=Q(due_at__gte=now, due_at__lt=tonight)),
        week=Count("pk", filter=Q(due_at__gte=tonight, due_at__lt=week)),
    )  # fmt: skip
    lines = {}
    for row in counts:
        line = lines.setdefault(row["who"] or row["else_who"], new_line())
        for name in ("late", "today", "week"):
            line[name] += row[name]
    cares = Care.objects.going_on().with_silence(now).order_by()
    for worker, quiet in cares.values_list("worker", "silent"):
        line = lines.setdefault(worker, new_line())
        line["people"] += 1
        line["silent"] += bool(quiet)
    names = dict(User.objects.filter(pk__in=[pk for pk in lines if pk]).values_list("pk", "name"))
    rows = [{"pk": pk, "name": names.get(pk, ""), **line} for pk, line in lines.items()]
    return sorted(rows, key=lambda row: (row["pk"] is not None, -row["late"], row["name"]))


def new_line():
    return {"people": 0, "silent": 0, "late": 0, "today": 0, "week": 0}
