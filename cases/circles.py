"""Records of a case of which not everybody on the case may know, and what the audit may then say of them.

An app above registers its narrow kinds, in ``ready()`` of its apps.py::

    register_circle("operations.Operation", lambda case: Operation.objects.filter(case=case))
"""

from django.db.models import Q, TextField
from django.db.models.functions import Cast

_circles = {}


def register_circle(label, known):
    """`known(case)` gives the rows of this model label that the viewer may know of."""
    _circles[label] = known


def readable(events, case):
    """The events of a case without those about a record that the viewer may not know of."""
    for label, known in _circles.items():
        ids = known(case).order_by().annotate(as_text=Cast("pk", TextField())).values("as_text")
        events = events.filter(~Q(subject=label) | Q(subject_id__in=ids))
    return events
