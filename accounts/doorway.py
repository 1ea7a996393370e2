"""What stands between a session and the site: is somebody there, may she pass, and is she free to?

These come before the transaction of the request, so that whoever has no second factor reaches nothing at all
and whoever was forced to sign in looks with empty eyes under both locks.
"""

import time

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from accounts.backends import came_under_duress
from accounts.session_store import SEEN

# All that somebody without a second factor reaches: getting one, leaving, and the language.
OPEN_WITHOUT_FACTOR = {
    "accounts:factor-choose",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
    "set_language",
    "accounts:leave",
    "healthz",
    "healthz-alerts",
}
SEEN_EVERY_SECONDS = 60
# What only looks done under duress: a passkey added then would open the whole desk tomorrow.
SHOWN_ONCE = {"mfa_view_recovery_codes", "mfa_download_recovery_codes"}
VERBS_OF_CHANNELS = ("add", "subscribe", "verify", "code", "rename", "remove", "try")
CHANGES_THE_CHANNELS = {f"notifications:endpoint-{verb}" for verb in VERBS_OF_CHANNELS}
BACK_TO = dict.fromkeys(CHANGES_THE_CHANNELS, "notifications:endpoint-list")
CHANGES_THE_DOORS = {
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_generate_recovery_codes",
    "account_change_password",
    "account_set_password",
    "accounts:duress-set",
    "accounts:sign-in-end",
    "accounts:sign-in-end-others",
    *CHANGES_THE_CHANNELS,
}


class SightMiddleware:
    """Note that the person is there, and whether she came of her own will."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            if came_under_duress(request):
                request.user.under_duress = True
                if pretended := pretend(request):
                    return pretended
            # The bell asks by itself; a screen that nobody sits at must not stay open by it.
            late = time.time() - request.session.get(SEEN, 0) > SEEN_EVERY_SECONDS
            if late and request.path not in settings.POLLED_PATHS:
                request.session[SEEN] = time.time()
        return self.get_response(request)


def pretend(request):
    """Whoever forces her adds no key of his own and takes none of hers away: it looks done, and is not."""
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return None
    if name in SHOWN_ONCE or (request.method == "POST" and name in CHANGES_THE_DOORS):
        return redirect("mfa_index" if name.startswith("mfa_") else BACK_TO.get(name, "accounts:preferences"))
    return None


class FactorMiddleware:
    """Somebody who is signed in without a second factor reaches the page on which she gets one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and not request.user.enrolled and not self.open(request):
            return redirect("accounts:factor-choose")
        return self.get_response(request)

    @staticmethod
    def open(request):
        if request.path.startswith(settings.STATIC_URL):
            return True
        try:
            return resolve(request.path_info).view_name in OPEN_WITHOUT_FACTOR
        except Resolver404:
            return False


def outside(request):
    """Context of a page: somebody without a second factor gets no frame, menus or counts around it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    if not user.enrolled:
        return {"user": AnonymousUser()}
    # Where a screen leads that was covered for minutes: is it still you?
    here = request.get_full_path() if request.method == "GET" else "/"
    return {"lock_url": f"{reverse('account_reauthenticate')}?{urlencode({'next': here})}"}
