"""What a person is owed, in a line, for pages that are about something else."""

from django import template
from django.db.models import prefetch_related_objects
from django.utils import timezone

from aftercare.owed import FACTS, late_certificate, owed_to
from cases.clock import today_in

register = template.Library()


@register.simple_tag
def owed_line(care, rows=None):
    """{applies, untouched, certificate_late}: how much applies, how much nobody has begun."""
    prefetch_related_objects([care], *FACTS)
    today = today_in(care.office, timezone.now())
    found = owed_to(care, today, rows=rows)
    likely = [one for one in found if one.likely and one.law]
    return {
        "applies": len(likely),
        "untouched": sum(one.row is None for one in likely),
        "certificate_late": late_certificate(found, today),
    }
