"""Is it still you? Asked again before what would hurt most in the wrong hands.

`@fresh` under `@requires(...)` lets a view through when the person has shown a password or a factor within
the last five minutes. Otherwise a page asked for by GET comes back after the question, and a form that was
sent is carried through the question as it was typed: nothing of it is kept on the server meanwhile.
"""

import time
from functools import wraps

from allauth.account.forms import ReauthenticateForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

PREFIX = "still_you"


def is_fresh(request):
    """Has this very session shown a password or a factor within the last minutes?"""
    shown = [record.get("at", 0) for record in get_authentication_records(request, request.user)]
    return bool(shown) and time.time() - max(shown) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def fresh(view):
    """The view is for somebody who has just shown that it is still she."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if is_fresh(request):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            question = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_reauthenticate')}?{question}")
        return ask_in_between(request, view, args, kwargs)

    guarded.fresh = True
    return guarded


def ask_in_between(request, view, args, kwargs):
    """Ask for the password on the way of a form, and let the form through once it is right."""
    asked = f"{PREFIX}-password" in request.POST
    form = ReauthenticateForm(request.POST if asked else None, user=request.user, prefix=PREFIX)
    if asked and form.is_valid():
        reauthenticate_by_password(request)
        return view(request, *args, **kwargs)
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and not name.startswith(f"{PREFIX}-")
    ]
    return render(request, "accounts/still_you.html", {"form": form, "typed": typed}, status=422)
