import logging

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.access import public
from notifications import actions
from notifications.channels.callbacks import Incoming
from notifications.channels.providers import PROVIDERS

MOST_BYTES = 64 * 1024
STRANGERS_AN_HOUR = 60  # calls that no provider has signed, from one place
HOUR = 3600
logger = logging.getLogger(__name__)


@csrf_exempt
@public
@require_http_methods(["GET", "POST"])
def receipt_take(request, provider):
    """A provider says how far messages have come, or what was answered. It is told nothing but "taken"."""
    room = PROVIDERS.get(provider)
    if room is None or not room.expected():
        raise Http404
    if strangers(request) >= STRANGERS_AN_HOUR:
        return HttpResponse(status=429, headers={"Retry-After": "600"})
    if size_of(request) > MOST_BYTES:
        return HttpResponse(status=413)
    call = incoming(request)
    if request.method == "GET":
        greeting = room.greet(call)
        if greeting is None:
            refuse(request, provider)
        return HttpResponse(greeting, content_type="text/plain")
    if not room.genuine(call):
        refuse(request, provider)
    now = timezone.now()
    actions.keep_receipts(provider, room.told(call), now=now)
    said = [actions.hear_answer(provider, room.kind, heard, now=now) for heard in room.heard(call)]
    body, kind = room.reply(call, next(filter(None, said), ""))
    return HttpResponse(body, content_type=kind)


def incoming(request):
    """The call as the rooms read it."""
    return Incoming(
        url=settings.SITE_URL + request.get_full_path(), body=request.body, headers=request.headers,
        query=request.GET.dict(), form=request.POST.dict(),
    )  # fmt: skip


def size_of(request):
    """What the call says of its length; one that says nothing has no body for us."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else MOST_BYTES + 1


def refuse(request, provider):
    """Nobody learns why. The log tells that it happened, and nothing of what it said."""
    key, count = key_of(request), strangers(request) + 1
    cache.set(key, count, HOUR)
    logger.warning("a receipt that %s has not signed was refused", provider)
    raise PermissionDenied


def strangers(request):
    return cache.get(key_of(request), 0)


def key_of(request):
    """Where it comes from, as a digest, and the hour."""
    address = get_adapter().get_client_ip(request)
    hour = int(timezone.now().timestamp()) // HOUR
    return f"receipts-{salted_hmac('receipts', address, algorithm='sha256').hexdigest()[:32]}-{hour}"
