"""What the page of a care shows of its referrals."""

from django import template

from aftercare.referring import RUNNING

register = template.Library()


@register.simple_tag
def running_referrals(care):
    """Those that nobody has ended yet, the latest first."""
    rows = care.referrals.filter(status__in=RUNNING).select_related("consent")
    return list(rows.order_by("-created_at", "-pk"))
