"""Amounts of which only one end may be known."""

from django import template
from django.utils.translation import gettext as _

from reference.templatetags.show import money

register = template.Library()


@register.simple_tag
def of_money(amount, currency):
    """An amount, a range, or at least so much."""
    if amount.low is None:
        return (
            _("not known")
            if amount.high is None
            else _("at most %(sum)s") % {"sum": one(amount.high, currency)}
        )
    if amount.high is None:
        return _("at least %(sum)s") % {"sum": one(amount.low, currency)} if amount.low else _("not known")
    return money(amount.low, amount.high, currency)


def one(number, currency):
    return money(number, number, currency)
