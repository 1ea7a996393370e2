"""The homes of one person in words: how long, why over, with whom."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aftercare.companions import is_open
from aftercare.models import Home
from aftercare.states import PlacementKind
from cases.clock import today_in
from survivors.models import Survivor

HOME_AGAIN = (PlacementKind.OWN_FAMILY, PlacementKind.KIN, PlacementKind.INDEPENDENT)


def stays_of(care, now):
    """Each stay as a page shows it, newest first; a fixed number of queries."""
    stays = sorted(
        care.placements.all(), key=lambda one: (is_open(one), one.position, str(one.starts_on)), reverse=True
    )
    homes = Home.objects.in_bulk({one.home_id for one in stays if one.home_id})
    keys = {key for one in stays for key in one.placed_with}
    people = {one.key: one for one in Survivor.objects.filter(case=care.case, key__in=keys)} if keys else {}
    today = today_in(care.office, now)
    return [
        {
            "stay": stay,
            "home": homes.get(stay.home_id),
            "now": is_open(stay),
            "days": days_of(stay, today),
            "days_words": days_words(stay, today),
            "with": [people[key] for key in stay.placed_with if key in people],
            "home_again": stay.kind in HOME_AGAIN,
        }
        for stay in stays
    ]


def days_of(stay, today):
    """How many days the stay lasted, from the first day it can have begun; None where an end is not known."""
    if not stay.starts_on or (stay.over and not stay.ends_on):
        return None
    end = stay.ends_on.last if stay.ends_on else today
    return max((min(end, today) - stay.starts_on.first).days, 0)


def days_words(stay, today):
    """The days as one says them; about so many where a date is half known."""
    days = days_of(stay, today)
    if days is None:
        return ""
    exact = stay.starts_on.exact and (not stay.ends_on or stay.ends_on.exact)
    words = ngettext("%(number)s day", "%(number)s days", days) if exact else _("about %(number)s days")
    return words % {"number": days}


def sum_of(stays):
    """(homes, days in care, days at home again): the road in one line."""
    known = [one for one in stays if one["days"] is not None]
    return {
        "homes": len(stays),
        "in_care": sum(one["days"] for one in known if not one["home_again"]),
        "home_again": sum(one["days"] for one in known if one["home_again"]),
    }
