"""When that begins which an alert is about: what is near does not wait for the morning."""

from datetime import time

from notifications.clock import wall, zone_of
from prosecutions.models import BailOrder, Clock, Hearing
from reference.values import PartialDate

COURTS_OPEN = time(8)
KINDS = {model._meta.label: model for model in (BailOrder, Clock, Hearing)}


def event_at(record, office):
    """The moment of a hearing, the end of a clock, the day on which a bail is heard; None when not known."""
    if isinstance(record, Hearing):
        return record.starts_at
    if isinstance(record, Clock):
        return record.due_at
    if isinstance(record, BailOrder) and record.heard_on and (day := PartialDate(record.heard_on)).exact:
        return wall(zone_of(office.time_zone), day.first, COURTS_OPEN)
    return None


def events_of(alerts):
    """{alert: the moment that it is about}, in as many queries for one alert as for a thousand."""
    wanted = {}
    for alert in alerts:
        if alert.subject in KINDS:
            wanted.setdefault(alert.subject, set()).add(alert.subject_id)
    rows = {label: KINDS[label].objects.in_bulk(ids) for label, ids in wanted.items()}
    return {
        alert.pk: event_at(rows.get(alert.subject, {}).get(alert.subject_id), alert.office)
        for alert in alerts
    }
