"""What one person agreed to, as cards: for whom, for what, what may be told, whether it holds."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cases.clock import today_in
from cases.models import Agency
from reference.templatetags.show import edtf
from survivors.actions.consents import OURSELVES
from survivors.consents import Fitness, ran_out, told_by, words_for
from survivors.from_above import passed_on
from survivors.models import Consent
from survivors.states import Shared

WARNED = timedelta(days=30)


@dataclass
class Card:
    """One consent in words."""

    consent: Consent
    words: str
    tone: str
    holds: bool
    days: int | None = None  # until it runs out, where that is near
    for_whom: str = ""
    told: list[str] = field(default_factory=list)
    kept_back: list[str] = field(default_factory=list)
    passed_on: list[Any] = field(default_factory=list)


def wallet_of(survivor, now):
    """Her cards: those that hold first, those that run out soonest before the others."""
    rows = list(Consent.objects.filter(survivor=survivor).order_by("-created_at", "-pk"))
    fitness, today = Fitness([survivor], now), today_in(survivor.case.office, now)
    names = names_of_receivers(survivor, rows)
    told = passed_on(rows)
    cards = []
    for place, row in enumerate(rows):
        card = card_of(row, rows[:place], fitness, survivor, today)
        card.for_whom = receiver_of(row, names)
        card.passed_on = told.get(row.pk, [])
        codes = told_by(row)
        card.told = [str(Shared(code).label) for code in codes]
        card.kept_back = [str(one.label) for one in Shared if one.value not in codes]
        cards.append(card)
    return sorted(cards, key=lambda card: (not card.holds, card.days is None, card.days or 0))


def names_of_receivers(survivor, rows):
    """{local key: name} of the agencies to which these consents were given."""
    if all(row.to in ("", OURSELVES) for row in rows):
        return {}
    return dict(Agency.objects.filter(case=survivor.case_id).values_list("key", "name"))


def card_of(row, later, fitness, survivor, today):
    """Where one consent stands, by the same rules as those that decide."""
    if not row.given:
        return Card(row, _("Refused"), "plain", holds=False)
    if row.withdrawn_on:
        return Card(row, _("Withdrawn on %(day)s") % {"day": edtf(row.withdrawn_on)}, "past", holds=False)
    if ran_out(row, today):
        return Card(row, _("Ran out on %(day)s") % {"day": edtf(row.until)}, "soon", holds=False)
    if any(replaces(one, row) for one in later if not one.given or not ran_out(one, today)):
        return Card(row, _("Replaced by a later answer"), "past", holds=False)
    if reason := fitness.against(row, survivor):
        return Card(row, _("Does not count: %(why)s") % {"why": words_for(reason)}, "danger", holds=False)
    if row.until and row.until.last - today <= WARNED:
        days = (row.until.last - today).days
        return Card(row, days_told(days), "soon", holds=True, days=days)
    return Card(row, pgettext("consent", "Holds"), "done", holds=True)


def days_told(days):
    """Runs out in 12 days."""
    if days == 0:
        return _("Runs out today")
    words = ngettext("Runs out in %(days)s day", "Runs out in %(days)s days", days)
    return words % {"days": days}


def replaces(later, row):
    """A later word for the same purpose that speaks of the same receiver, or of everybody."""
    everybody = not later.to and not later.receiver
    same = (later.to, later.receiver) == (row.to, row.receiver)
    return later.purpose == row.purpose and (everybody or same)


def receiver_of(consent, names):
    """For whom it was given, in words."""
    if consent.to == OURSELVES:
        return _("For us alone")
    if consent.to:
        return names.get(consent.to, consent.to)
    return consent.receiver or _("Whoever needs it for this purpose")


def ending_soon(survivor, now):
    """The cards that hold and run out within a month."""
    return [card for card in wallet_of(survivor, now) if card.holds and card.days is not None]
