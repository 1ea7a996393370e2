import hmac
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import public, requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from accounts.scope import become
from cases.answering import sent
from cases.states import IllegalMove
from diary import actions
from diary.feed import written
from diary.forms import FeedAddForm
from diary.models import CalendarFeed

HOUR = 3600
FETCHES_AN_HOUR = 60  # of one address that is known
STRANGERS_AN_HOUR = 120  # addresses that open nothing, from one place


@requires(Can.VIEW_HEARING)
@require_safe
def feed_list(request):
    """The addresses one has given to calendar programs; the addresses themselves cannot be shown again."""
    feeds = CalendarFeed.objects.of_person(request.user).for_list()
    return render(request, "diary/feed_list.html", {"feeds": feeds, "full": len(feeds) >= actions.MOST_FEEDS})


@requires(Can.VIEW_HEARING)
@require_http_methods(["GET", "POST"])
@fresh
def feed_add(request):
    """Make an address. It is shown on the answer, this once, and kept nowhere."""
    form = FeedAddForm(sent(request))
    context = {"form": form, "back": reverse("diary:feed-list")}
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                made = actions.add_feed(by=request.user, now=timezone.now(), **form.cleaned_data)
            return render(request, "diary/feed_add.html", {**context, **told_once(*made)})
        except IllegalMove as why:
            form.add_error(None, str(why))
    return render(request, "diary/feed_add.html", context, status=status)


@requires(Can.VIEW_HEARING, of=CalendarFeed)
@require_http_methods(["GET", "POST"])
@fresh
def feed_renew(request, pk):
    """Another address for the same calendar, shown this once."""
    feed = get_object_or_404(CalendarFeed.objects.of_person(request.user), pk=pk)
    context = {"feed": feed, "back": reverse("diary:feed-list")}
    if request.method == "POST":
        made = actions.renew_feed(feed.pk, by=request.user, now=timezone.now())
        context |= told_once(*made)
    return render(request, "diary/feed_renew.html", context)


def told_once(feed, secret):
    """The address in the two ways programs take it."""
    link = settings.SITE_URL + reverse("diary:feed-read", args=[secret])
    return {"feed": feed, "link": link, "webcal": f"webcal://{link.partition('://')[2]}", "made": True}


@requires(Can.VIEW_HEARING, of=CalendarFeed)
@require_POST
def feed_revoke(request, pk):
    feed = get_object_or_404(CalendarFeed.objects.of_person(request.user), pk=pk)
    actions.revoke_feed(feed.pk, by=request.user, now=timezone.now())
    messages.info(request, _("The address opens nothing any more. Remove the calendar from the device too."))
    return redirect("diary:feed-list")


@public
@require_safe
def feed_read(request, token):
    """The calendar at a secret address, as its owner may see it now. What opens nothing is not there."""
    feed = actions.feed_at(token)
    if feed is None:
        if too_often(f"stranger-{place_of(request)}", STRANGERS_AN_HOUR):
            return later()
        raise Http404
    if too_often(f"feed-{feed.pk}", FETCHES_AN_HOUR):
        return later()
    with translation.override(feed.user.language):
        body = written(told_to(feed), name_of(feed.user))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["ETag"] = f'"{sha256(body).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


def told_to(feed):
    """What this calendar holds, looked for with the eyes of its owner."""
    if actions.is_silent(feed):
        return []
    now = timezone.now()
    become(feed.user)
    actions.fetch_feed(feed.pk, by=feed.user, now=now)
    return actions.tell_hearings(feed.user, now)


def name_of(user):
    """A name for the calendar that says nothing: the neutral alias of the office."""
    return user.home_office.alias if user.home_office else _("Calendar")


def place_of(request):
    """Where a request comes from, as a digest."""
    address = get_adapter().get_client_ip(request)
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), sha256).hexdigest()[:32]


def too_often(name, most):
    """Count one more of it within this hour; was it one too many?"""
    key = f"diary-{name}-{int(timezone.now().timestamp()) // HOUR}"
    count = cache.get(key, 0) + 1
    if count <= most:
        cache.set(key, count, HOUR)
    return count > most


def later():
    """Too many in an hour."""
    return HttpResponse(
        _("Too many requests. Please wait a moment."), status=429, headers={"Retry-After": "600"},
        content_type="text/plain; charset=utf-8",
    )  # fmt: skip
