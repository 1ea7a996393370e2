from datetime import datetime, time

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from notifications.models import Choice, Endpoint
from notifications.states import Kind

LONGEST = 14 * 60  # minutes: what wants a yes must be able to leave during a working day


def length(start: time, end: time) -> int:
    """Minutes from one time of day to the next of the other."""
    return ((end.hour - start.hour) * 60 + end.minute - start.minute) % (24 * 60)


def open_to(user: User) -> list[Kind]:
    """The channels by which this person is reached: mail, and those where she has proved a place of hers."""
    proved = set(Endpoint.objects.filter(user=user).reachable().values_list("kind", flat=True))
    return [kind for kind in Kind if kind is Kind.MAIL or kind in proved]


def set_choice(
    *,
    by: User,
    now: datetime,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
    digest: bool = True,
    digest_at: time = time(7),
    confirm_by: list[str] | None = None,
    normal_by: list[str] | None = None,
) -> Choice:
    """When and how one is told of what is not urgent. What is urgent asks nobody's leave."""
    if (quiet_from is None) != (quiet_until is None):
        raise IllegalMove(_("Quiet hours have a beginning and an end."), field="quiet_until")
    if quiet_from is not None and quiet_from == quiet_until:
        raise IllegalMove(_("Quiet hours end at another time than they begin."), field="quiet_until")
    if quiet_from is not None and quiet_until is not None and length(quiet_from, quiet_until) > LONGEST:
        raise IllegalMove(_("Quiet hours last fourteen hours at the most."), field="quiet_until")
    known = open_to(by)
    for name, wanted in (("confirm_by", confirm_by), ("normal_by", normal_by)):
        if set(wanted or ()) - set(known):
            raise IllegalMove(_("Prove this channel first, on the page of your channels."), field=name)
    facts = {
        "quiet_from": quiet_from, "quiet_until": quiet_until, "digest": digest, "digest_at": digest_at,
        "confirm_by": list(confirm_by or ()), "normal_by": list(normal_by or ()),
    }  # fmt: skip
    choice, _new = Choice.objects.update_or_create(user=by, defaults=facts)
    record("choice.set", by=by, subject=choice, at=now, quiet=quiet_from is not None, digest=digest)
    return choice
