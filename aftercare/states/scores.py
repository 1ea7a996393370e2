"""How people are scored, when again, and the rule for restored (DOMAIN d.1)."""

import calendar
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Domain(models.TextChoices):
    """The six domains of survivor outcomes (DOMAIN d.1)."""

    SAFETY = "safety", _("Safety")
    LEGAL_PROTECTION = "legal_protection", _("Legal protection")
    MENTAL_WELLBEING = "mental_wellbeing", _("Mental wellbeing")
    ECONOMIC = "economic_empowerment_education", _("Economic empowerment and education")
    SOCIAL_SUPPORT = "social_support", _("Social support")
    PHYSICAL_WELLBEING = "physical_wellbeing", _("Physical wellbeing")


class AssessmentReason(models.TextChoices):
    """Why now?"""

    INTAKE = "intake", _("Intake")
    SIX_MONTH = "six_month", _("Six months")
    ANNUAL = "annual", _("Annual")
    SPECIAL = "special", _("Special")
    CLOSURE = "closure", _("Closure")


class ForWhom(models.TextChoices):
    """Of whom is a part of the instrument asked?"""

    EVERYBODY = "everybody", _("Everybody")
    CHILDREN = "children", _("Children")
    ADULTS = "adults", _("Adults")


# After which assessment the next is due in how many months (DOMAIN d.1): intake + 6 months, then yearly.
MONTHS_TO_NEXT = {
    AssessmentReason.INTAKE: 6,
    AssessmentReason.SIX_MONTH: 12,
    AssessmentReason.ANNUAL: 12,
}


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def average(parts: list[int]) -> Decimal:
    """The score of a domain from its parts."""
    mean = Decimal(sum(parts)) / len(parts)
    return mean.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def falls_short(scores: dict) -> list:
    """The domains in which {domain: (score, parts)} falls short of the rule for restored."""
    rule = settings.RESTORED_WHEN
    short = []
    for domain in Domain:
        value, parts = scores.get(domain, (None, []))
        enough = value is not None and value >= Decimal(str(rule["every_domain_at_least"]))
        if not enough or any(part <= rule["no_part_at"] for part in parts):
            short.append(domain)
    return short
