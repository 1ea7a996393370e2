"""The pages of one person's care, in the order in which they are read."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Can

register = template.Library()

# (key, label, name of the address, whose key it takes, verb). A page that does not exist yet is left out.
PAGES = [
    ("overview", _("Overview"), "aftercare:care-detail", "care", Can.VIEW_AFTERCARE),
    ("road", _("Road"), "aftercare:care-road", "care", Can.VIEW_AFTERCARE),
    ("plan", _("Plan"), "aftercare:care-plan", "care", Can.VIEW_AFTERCARE),
    ("contact", _("Contact"), "aftercare:care-contact", "care", Can.VIEW_AFTERCARE),
    ("homes", _("Homes"), "aftercare:care-homes", "care", Can.VIEW_AFTERCARE),
    ("owed", _("Owed to the person"), "aftercare:care-owed", "care", Can.VIEW_AFTERCARE),
    ("referrals", _("Referrals"), "aftercare:referral-list", "care", Can.VIEW_AFTERCARE),
    ("consents", _("Consents"), "survivors:consent-list", "survivor", Can.VIEW_SURVIVOR),
]


@register.simple_tag(takes_context=True)
def care_pages(context, care, here=""):
    """[{label, url, active}] of the pages that this person may open about this care."""
    user = context["request"].user
    found = []
    for key, label, name, whose, need in PAGES:
        pk = care.pk if whose == "care" else care.survivor_id
        if pk is None or not user.can_on(need, care.office_id):
            continue
        try:
            url = reverse(name, args=[pk])
        except NoReverseMatch:
            continue
        found.append({"label": label, "url": url, "active": key == here})
    return found
