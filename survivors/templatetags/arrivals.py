"""31 found, 28 registered: said wherever the people of a case are listed, until nobody is missing."""

from django import template

from accounts.roles import Can
from survivors.arrivals import open_groups, open_groups_of

register = template.Library()
FEW = 4


@register.simple_tag(takes_context=True)
def arrivals_of(context, case):
    """The groups of a case in which somebody is missing, for those who may know the survivors."""
    user = context["request"].user
    return open_groups_of(case) if user.can_on(Can.VIEW_SURVIVOR, case.office_id) else []


@register.simple_tag(takes_context=True)
def arrivals_of_all(context):
    """The newest groups of all cases in which somebody is missing, for those who register people."""
    user = context["request"].user
    if not user.can(Can.REGISTER_ARRIVAL):
        return []
    return [group for group in open_groups() if user.can_on(Can.REGISTER_ARRIVAL, group.case.office_id)][:FEW]


@register.simple_tag(takes_context=True)
def may_register(context, case):
    """May the person looking register people of this case?"""
    return context["request"].user.can_on(Can.REGISTER_ARRIVAL, case.office_id)
