"""What a person is owed, in a line, for pages that are about something else."""

from django import template
from django.utils import timezone

from aftercare.models import Care
from aftercare.owed import late_certificate, owed_to, with_facts
from cases.clock import today_in

register = template.Library()


@register.simple_tag
def owed_line(care):
    """{applies, untouched, certificate_late}: how much applies, how much nobody has begun."""
    whole = with_facts(Care.objects.filter(pk=care.pk)).get()
    today = today_in(whole.office, timezone.now())
    found = owed_to(whole, today)
    likely = [one for one in found if one.likely and one.law]
    return {
        "applies": len(likely),
        "untouched": sum(one.row is None for one in likely),
        "certificate_late": late_certificate(found, today),
    }
