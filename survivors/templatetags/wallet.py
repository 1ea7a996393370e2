"""What pages of others show of a wallet: the cards of one person, and those that run out soon."""

from django import template
from django.utils import timezone

from survivors.wallet import ending_soon, wallet_of

register = template.Library()


@register.simple_tag
def wallet_of_survivor(survivor):
    """Her cards, what holds first."""
    return wallet_of(survivor, timezone.now())


@register.simple_tag
def consents_ending_soon(survivor):
    """The cards that run out within a month; nobody, nothing."""
    return ending_soon(survivor, timezone.now()) if survivor else []
