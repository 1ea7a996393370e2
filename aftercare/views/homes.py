from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.models import Office
from accounts.reauthentication import fresh
from accounts.roles import Can
from aftercare import actions
from aftercare.forms import HomeAddForm, HomeCloseForm, HomeEditForm
from aftercare.models import Home, Placement
from aftercare.querysets import offices_where
from cases.answering import answer, sent
from cases.clock import today_in


@requires(Can.VIEW_AFTERCARE)
@require_safe
def home_list(request):
    """The homes of one's offices, open ones first: who may come, and how many places are free."""
    rows = [row_of(home) for home in Home.objects.for_list()]
    several = len({row["home"].office_id for row in rows}) > 1
    return render(request, "aftercare/home_list.html", {
        "open": [row for row in rows if not row["closed"]],
        "closed": [row for row in rows if row["closed"]],
        "several": several,
        "may_manage": bool(offices_where(request.user, Can.MANAGE_HOME)),
    })  # fmt: skip


@requires(Can.VIEW_AFTERCARE, of=Home)
@require_safe
def home_detail(request, pk):
    """One home: its rules, and the people one may know of who live there or lived there."""
    home = found_home(pk)
    stays = Placement.objects.filter(home=home).select_related("case", "care__survivor", "care__headcount")
    stays = list(stays.order_by("-starts_on", "pk"))
    here = [stay for stay in stays if not stay.ends_on and not stay.over]
    hidden = home.taken - sum(heads(stay) for stay in here)
    others = ngettext(
        "%(number)s more lives here, of a case that you do not see.",
        "%(number)s more live here, of cases that you do not see.", max(hidden, 0),
    ) % {"number": hidden}  # fmt: skip
    return render(request, "aftercare/home_detail.html", {
        "home": home,
        "view": row_of(home),
        "here": here,
        "before": [stay for stay in stays if stay not in here],
        "others": others if hidden > 0 else "",
        "may_manage": request.user.can_in(home.office_id, Can.MANAGE_HOME),
        "may_open": request.user.can_in(home.office_id, Can.OPEN_SHELTER),
    })  # fmt: skip


@requires(Can.MANAGE_HOME)
@require_http_methods(["GET", "POST"])
def home_add(request):
    offices = Office.objects.filter(pk__in=offices_where(request.user, Can.MANAGE_HOME))
    offices = list(offices.order_by("name", "pk"))
    if not offices:
        raise Http404
    form = HomeAddForm(sent(request), offices=offices)

    def add(office_id, **facts):
        return actions.add_home(office_id, by=request.user, now=timezone.now(), **facts)

    return answer(request, form, add, done=page_of_home, page="aftercare/home_add.html",
                  context={"back": reverse("aftercare:home-list")})  # fmt: skip


@requires(Can.MANAGE_HOME, of=Home)
@require_http_methods(["GET", "POST"])
def home_edit(request, pk):
    home = found_home(pk)
    form = HomeEditForm(sent(request), instance=home)

    def edit(**facts):
        return actions.edit_home(home.pk, by=request.user, now=timezone.now(), **facts)

    return answer(request, form, edit, done=page_of_home, page="aftercare/home_edit.html",
                  context={"home": home, "back": page_of_home(home)})  # fmt: skip


@requires(Can.MANAGE_HOME, of=Home)
@require_http_methods(["GET", "POST"])
def home_close(request, pk):
    """The home takes nobody any more, or is open again."""
    home = found_home(pk)
    now = timezone.now()
    initial = {"closed_on": home.closed_on or today_in(home.office, now), "version": home.version}
    form = HomeCloseForm(sent(request), initial=initial)

    def close(**facts):
        return actions.close_home(home.pk, by=request.user, now=now, **facts)

    effects = [{"icon": "history", "text": _("The stays of the past keep it in their history.")}]
    if home.taken:
        effects.insert(0, {
            "icon": "users",
            "text": ngettext(
                "%(number)s person is recorded here still: find another home.",
                "%(number)s people are recorded here still: find other homes.", home.taken,
            ) % {"number": home.taken},
        })  # fmt: skip
    return answer(request, form, close, done=page_of_home, page="aftercare/home_close.html",
                  context={"home": home, "effects": effects, "back": page_of_home(home)})  # fmt: skip


@requires(Can.OPEN_SHELTER, of=Home)
@fresh
@require_http_methods(["GET", "POST"])
def home_where(request, pk):
    """Where a home stands: asked first, and shown only with the look written down."""
    home = found_home(pk)
    context = {"home": home, "back": page_of_home(home), "shown": request.method == "POST"}
    if context["shown"]:
        home, context["address"] = actions.open_home(pk, by=request.user, now=timezone.now())
    return render(request, "aftercare/home_where.html", context)


def page_of_home(home):
    """Where a write goes back to."""
    return reverse("aftercare:home-detail", args=[home.pk])


def found_home(pk):
    """The home with how many live there; 404 outside one's offices."""
    return get_object_or_404(Home.objects.for_list(), pk=pk)


def row_of(home):
    """One home as lists show it."""
    today = today_in(home.office, timezone.now())
    free = None if home.capacity is None else max(home.capacity - home.taken, 0)
    return {
        "home": home,
        "free": free,
        "closed": home.closed_on is not None and home.closed_on <= today,
        "full": free == 0,
        "share": round(100 * home.taken / home.capacity) if home.capacity else None,
    }


def heads(stay):
    """How many people a stay is about, counted as the database counts them."""
    return actions.heads_of(stay.care)
