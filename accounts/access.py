"""Every view says what it needs; the middleware refuses those that do not."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

PUBLIC = "public"


def requires(need, *, of=None):
    """The view needs this verb; with `of`, a record outside the need to know answers 404 first.

    The verb counts in the office of the record. Only somebody whose roles differ about it costs a look.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.can(need):
                if of is not None:
                    get_object_or_404(of, pk=kwargs["pk"])
                raise PermissionDenied(str(need.label))
            if of is not None and not request.user.agrees_on(need):
                check_office(request.user, need, get_object_or_404(of, pk=kwargs["pk"]))
            return view(request, *args, **kwargs)

        guarded.needs = need
        guarded.needs_of = of
        return guarded

    return decorate


def check_office(person, need, record):
    """Refuse what the person may do elsewhere, but not in the office of this record."""
    office_id = getattr(record, "office_id", None)
    if office_id is not None and not person.can_on(need, office_id):
        raise PermissionDenied(str(need.label))


def public(view):
    """The view may be opened without signing in."""
    view = login_not_required(view)
    view.needs = PUBLIC
    return view


def signed_in(view):
    """The view is for anybody who has signed in, and shows only what belongs to the person."""
    view.needs = "signed in"
    return view
