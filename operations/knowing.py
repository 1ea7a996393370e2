"""Who knew what of an operation, and when: one sentence for every event of it, in the order of time."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.models import Event
from operations.models import Insider, InsiderApproval

SENTENCES = {
    "operation.plan": _("%(who)s planned the operation"),
    "operation.edit": _("%(who)s changed the plan"),
    "operation.approve": _("%(who)s approved the operation"),
    "operation.record": _("%(who)s recorded the outcome"),
    "operation.cancel": _("%(who)s cancelled the operation"),
    "insider.add": _("%(who)s named %(whom)s"),
    "insider.approve": _("%(who)s agreed that %(whom)s may know"),
    "insider.end": _("%(who)s took %(whom)s out of the circle"),
}
PROPOSED = _("%(who)s wants to name %(whom)s; a second person has to agree")
OPENED = {
    "page": _("%(who)s opened the page of the plan"),
    "date": _("%(who)s looked at the date"),
    "time": _("%(who)s looked at the time"),
    "place": _("%(who)s looked at the place"),
    "plan": _("%(who)s read the plan and the notes"),
    "list": _("%(who)s read this list"),
}


def told(operation):
    """[{at, words, code, eye}] of all that happened to the operation, the first first; two queries."""
    events = list(
        Event.objects.filter(
            case_id=operation.case_id, subject=operation._meta.label, subject_id=str(operation.pk)
        ).order_by("pk")
    )
    named = {str(event.actor_id) for event in events}
    named |= {event.detail["user"] for event in events if event.detail.get("user")}
    people = {str(pk): person.name for pk, person in User.objects.in_bulk(named).items()}
    return [
        {
            "at": event.at,
            "words": sentence(event) % names_in(event, people),
            "code": event.detail.get("code", ""),
            "eye": event.verb == "operation.open",
        }
        for event in events
    ]


def names_in(event, people):
    somebody = _("Somebody unknown")
    return {
        "who": people.get(str(event.actor_id), somebody),
        "whom": people.get(str(event.detail.get("user", "")), somebody),
    }


def sentence(event):
    """The words for one event, with places for the names."""
    if event.verb == "operation.open":
        return OPENED.get(event.detail.get("what"), OPENED["page"])
    if event.verb == "insider.add" and event.detail.get("two"):
        return PROPOSED
    return SENTENCES.get(event.verb, "%(who)s")


def circle_told(operation):
    """Everybody who was ever named, with who named and who agreed; two queries."""
    rows = list(Insider.objects.filter(operation=operation).for_list())
    agreed = InsiderApproval.objects.filter(operation=operation).select_related("by").order_by("created_at")
    by_insider = {}
    for approval in agreed:
        by_insider.setdefault(approval.insider_id, []).append(approval.by.name)
    for row in rows:
        row.agreed_by = ", ".join(by_insider.get(row.pk, ()))
    return rows
