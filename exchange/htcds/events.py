"""Historic trafficking events: an exploitation has one where it began and one where it ended."""

from exchange.htcds.people import day, said
from exchange.htcds.tables import EVENT, value_of
from operations.states import LegStage
from reference.values import PartialDate


def events(survivor, known):
    """hte: her journeys, then her episodes."""
    keys = {"x_person": str(survivor.pk), "x_case": str(survivor.case_id)}
    return [{**keys, **row} for row in (*journeys(survivor, known), *spells(survivor, known))]


def journeys(survivor, known):
    """Each leg of a route that she was taken on."""
    for leg in known.around(survivor.case_id, "legs"):
        if survivor.key not in leg.route.who:
            continue
        stage = leg.stage or LegStage.TRANSIT
        place = (leg.source if stage == LegStage.RECRUITMENT else leg.target) or leg.target or leg.source
        words = leg.note if leg.route.who == [survivor.key] else ""  # of several people: it stays with us
        yield {
            "x_record": str(leg.pk),
            "hte_Type": value_of(EVENT, stage),
            **where(place or {}),
            **said(hte_Date=day(leg.on), hte_Description=words),
        }


def where(place):
    """A place of the kind {locality, area, country}."""
    return said(hte_City=place.get("locality"), hte_State=place.get("area"), hte_Country=place.get("country"))


def spells(survivor, known):
    """The beginning and the end of each exploitation that took place; a relief that held is an end."""
    episodes = [one for one in known.of(survivor, "episodes") if not one.prevented]
    venues = {one.key: one for one in known.around(survivor.case_id, "venues")}
    for one in episodes:
        place = place_of(venues.get(one.venues[0]) if one.venues else None, survivor.case)
        head = {"x_record": str(one.pk), "hte_Type": "Exploitation", **place}
        began, ended = day(one.started), day(one.ended)
        if not ended and one is episodes[-1]:
            ended = day(last_relief(known.of(survivor, "reliefs")))
        words = one.conditions or one.note
        yield {**head, **said(hte_Date=began, hte_Description=words)}
        if ended and ended != began and not before(ended, began):
            yield {**head, "hte_Date": ended}


def place_of(venue, case):
    """Where it happened; at least the country of the case."""
    if venue is None:
        return said(hte_Country=case.country)
    return said(
        x_place=str(venue.pk), hte_City=venue.locality, hte_State=venue.area,
        hte_Country=venue.country or case.country,
    )  # fmt: skip


def before(ended, began):
    """A road out of an earlier exploitation is no end of this one."""
    return bool(began) and PartialDate(ended).last < PartialDate(began).first


def last_relief(reliefs):
    """The day of the last road out, if it held."""
    return reliefs[-1].on if reliefs and not reliefs[-1].recaptured else ""
