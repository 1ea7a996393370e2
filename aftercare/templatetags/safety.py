"""What the page of a care shows of the looks at safety."""

from django import template
from django.utils import timezone

from accounts.roles import Can
from aftercare.models import CareTask
from aftercare.states import Danger, TaskKind

register = template.Library()
FEW = 3


@register.simple_tag(takes_context=True)
def safety_of(context, care):
    """The looks, newest first, and by when the next is due."""
    looks = list(care.safety_checks.select_related("by").order_by("-looked_at", "pk"))
    kinds = (TaskKind.FIRST_SAFETY, TaskKind.SAFETY_REVIEW)
    due = CareTask.objects.filter(care=care, kind__in=kinds).waiting().order_by("due_at", "pk").first()
    return {
        "checks": looks[:FEW],
        "older": looks[FEW:],
        "due": due,
        "late": due is not None and due.due_at < timezone.now(),
        "may": context["request"].user.can_on(Can.WRITE_AFTERCARE, care.office_id),
    }


@register.filter
def danger_words(check):
    """From what she is not safe, in words."""
    words = dict(Danger.choices)
    return ", ".join(str(words.get(code, code)) for code in check.dangers)
