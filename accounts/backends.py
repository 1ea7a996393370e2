"""Who is at the door: the password, counted and capped, and the second password for the worst day."""

import hmac
import time
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password
from django.db.models import Exists, OuterRef, Sum
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Deputy, Duty, User, factors_of

NO_PASSWORD = "!"  # noqa: S105  costs as much time to refuse as a real one
DURESS = "desk"  # what the session says of it: nothing to whoever reads over a shoulder


class Backend(ModelBackend):
    """By mail address and password; an unknown address takes as long as a wrong password."""

    def authenticate(self, request, email=None, password=None, **others):
        if not email or not password or len(password) > settings.PASSWORD_MAX_LENGTH:
            return None
        slow_down(email)
        person = User.objects.filter(email=email.lower(), principal="").first()
        own = check_password(password, person.password if person else NO_PASSWORD)
        # Asked of everybody, so that nobody learns from the time it takes who has a second password.
        forced = check_password(password, person.duress or NO_PASSWORD if person else NO_PASSWORD)
        if not (own or forced) or not self.user_can_authenticate(person):
            return None
        remember(request, person, forced and not own)
        return person

    def get_user(self, user_id):
        """The person of a session, with what most requests would ask of most people in vain.

        Has she a second factor, is she on duty today, does she stand in for somebody?
        """
        me = OuterRef("pk")
        asked = User.objects.annotate(
            has_factor=Exists(factors_of(me)),
            has_duty=Exists(Duty.objects.current().filter(user=me)),
            has_stand_in=Exists(Deputy.objects.current().filter(deputy=me)),
        )
        person = asked.filter(pk=user_id).first()
        return person if self.user_can_authenticate(person) else None


def remember(request, person, forced):
    """Keep in the session under which password she came. The real one, shown later, lifts nothing."""
    if forced:
        request.session[DURESS] = str(person.pk)
    elif not request.user.is_authenticated:
        request.session.pop(DURESS, None)


def came_under_duress(request):
    return request.session.get(DURESS) == str(request.user.pk)


def name_of(_request, credentials):
    """How the counters know an address: a fingerprint, since people type passwords into the wrong field."""
    typed = str((credentials or {}).get("email") or "").lower()
    return hmac.new(settings.SECRET_KEY.encode(), typed.encode(), "sha256").hexdigest()[:32]


def address_of(request):
    """The address that failures are counted on; of IPv6 the part that one customer has."""
    return truncate_ip(get_adapter().get_client_ip(request)) if request.META.get("REMOTE_ADDR") else None


def locked_out(request, _answer, _credentials):
    """What somebody reads who has tried too often from where she is."""
    return render(request, "429.html", status=429)


def slow_down(email):
    """Many failures on one account from anywhere make each try slower and lock nobody out."""
    recent = AccessAttempt.objects.filter(
        username=name_of(None, {"email": email}),
        attempt_time__gt=timezone.now() - timedelta(minutes=settings.LOCKOUT_MINUTES),
    )
    if (recent.aggregate(n=Sum("failures_since_start"))["n"] or 0) >= settings.SLOW_AFTER_FAILURES:
        time.sleep(settings.SLOW_SECONDS)
