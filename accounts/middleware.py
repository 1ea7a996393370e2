import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.http import HttpResponseRedirect
from django.utils import timezone, translation

from accounts.models import Sending
from accounts.scope import viewing_as


class NeedToKnowMiddleware:
    """Bind the viewer and the one transaction to the request, and refuse views that declare no need."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(settings.UNSCOPED_PATHS):
            return self.get_response(request)
        request.user.is_authenticated  # noqa: B018  load the person before the transaction opens
        with viewing_as(request.user):
            response = self.get_response(request)
            # Django has turned the exception into a response by now, so the block would commit.
            if response.status_code >= 500 and connection.in_atomic_block:
                transaction.set_rollback(True)
        return response

    def process_view(self, request, view, args, kwargs):
        named = view.__module__.split(".")[0]
        if named in settings.FOREIGN_VIEWS:
            return
        if not getattr(view, "needs", None) and not hasattr(getattr(view, "cls", None), "needs"):
            raise ImproperlyConfigured(f"{view.__module__}.{view.__qualname__} declares no need")


class NothingStaysMiddleware:
    """What a signed-in person saw stays in no cache, and signing out clears what the browser kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        known = request.user.is_authenticated
        response = self.get_response(request)
        if known and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        if known and not request.user.is_authenticated:
            # Not "storage": nothing is ever written there (ADR 48), and the browser's notices would end.
            response["Clear-Site-Data"] = '"cache"'
        return response


class SendOnceMiddleware:
    """A form sent twice under one key is acted on once; the second sender gets the first one's answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.idempotency_key = str(uuid.uuid4())
        key = self.key_of(request)
        if key is None:
            return self.get_response(request)
        sending = self.claim(key, request)
        if sending and sending.location:
            return HttpResponseRedirect(sending.location)
        if sending:
            request.idempotency_key = str(key)
        response = self.get_response(request)
        if sending and response.status_code in (302, 303):
            where = urlsplit(response["Location"])
            sending.location = where._replace(scheme="", netloc="").geturl()[:300]
            sending.save(update_fields=["location"])
        return response

    @staticmethod
    def claim(key, request):
        """The row of this sending, locked until the transaction ends; None when the key belongs elsewhere."""
        Sending.objects.get_or_create(key=key, defaults={"user": request.user, "path": request.path[:200]})
        sending = Sending.objects.select_for_update().get(pk=key)
        mine = sending.user_id == request.user.pk and sending.path == request.path[:200]
        return sending if mine else None

    @staticmethod
    def key_of(request):
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        try:
            return uuid.UUID(request.POST.get("idempotency_key", ""))
        except ValueError:
            return None


class LocaleOfPersonMiddleware:
    """Speak the language the person chose (a cookie may overrule it) and show the clock of her office."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        office = request.user.home_office if request.user.is_authenticated else None
        with timezone.override(office.time_zone if office else None):
            return self.get_response(request)
