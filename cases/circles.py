"""Records of a case of which not everybody on the case may know, and what the audit may then say of them.

An app above registers its narrow kinds, in ``ready()`` of its apps.py::

    register_circle("operations.Operation", lambda case: Operation.objects.filter(case=case))
    register_need("aftercare.", Can.VIEW_AFTERCARE)
"""

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from accounts.scope import viewer

_circles = {}
_needs = {}


def register_need(app, verb):
    """Of the records of this app (`aftercare.`) only holders of the verb are told anything."""
    _needs[app] = verb


def register_circle(label, known):
    """`known(case)` gives the rows of this model label that the viewer may know of."""
    _circles[label] = known


def readable(events, case):
    """The events of a case without those about a record that the viewer may not know of."""
    for app, verb in _needs.items():
        if not viewer().can_on(verb, case.office_id):
            events = events.exclude(subject__startswith=app)
    for label, known in _circles.items():
        ids = known(case).order_by().annotate(as_text=Cast("pk", TextField())).values("as_text")
        events = events.filter(~Q(subject=label) | Q(subject_id__in=ids))
    return events
