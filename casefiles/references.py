"""What the schema cannot say: keys that exist and are of the right kind, ranges in order, one live bail."""

import re
from functools import cache

from django.utils.translation import gettext as _

from casefiles.bails import live_twice
from casefiles.when import is_relative, leaves, moment

SECTIONS = {
    "agencies": "agency", "venues": "venue", "routes": "route", "survivors": "survivor",
    "headcounts": "head-count", "investigations": "investigation", "operations": "operation",
    "networks": "network", "perpetrators": "perpetrator", "proceedings": "proceeding",
}  # fmt: skip
KEY = re.compile(r"^[a-z][a-z0-9_]{0,30}$")
PEOPLE = ("survivor", "head-count")
RING = ("perpetrator", "network")
ANY = tuple(SECTIONS.values())

# Where keys stand (* is any key or position) and what they may be the key of.
REFERENCES = {
    "agencies.*.part_of": ("agency",),
    "venues.*.run_by.*": RING,
    "venues.*.inside": ("venue",),
    "venues.*.moved_to.*": ("venue",),
    "routes.*.who.*": PEOPLE,
    "routes.*.legs.*.escorted_by.*": RING,
    "routes.*.legs.*.handed_from": RING,
    "routes.*.legs.*.handed_to": RING,
    "survivors.*.exploitation.*.venues.*": ("venue",),
    "survivors.*.exploitation.*.by.*": RING,
    "survivors.*.relief.*.operation": ("operation",),
    "survivors.*.relief.*.headcount": ("head-count",),
    "survivors.*.relief.*.at": ("venue",),
    "survivors.*.relief.*.recaptured.by.*": RING,
    "survivors.*.witness.statements.*.by": ("agency", "us"),
    "survivors.*.witness.statements.*.names.*": RING,
    "survivors.*.consents.*.to": ("agency", "us"),
    "survivors.*.health.*.child": ("survivor",),
    "survivors.*.family.*.who": ("survivor", "perpetrator", "head-count"),
    "headcounts.*.operation": ("operation",),
    "headcounts.*.includes.*": ("survivor",),
    "headcounts.*.by": ("agency", "us"),
    "headcounts.*.venue": ("venue",),
    "headcounts.*.family.*.who": ("survivor", "perpetrator", "head-count"),
    "investigations.*.led_by": ("agency", "us"),
    "investigations.*.assisted_by.*": ("agency", "us"),
    "investigations.*.about.*": (*RING, "venue", *PEOPLE),
    "operations.*.follows": ("operation",),
    "operations.*.sites.*.venue": ("venue",),
    "operations.*.led_by": ("agency", "us"),
    "operations.*.overseen_by": ("agency", "us"),
    "operations.*.assisted_by.*": ("agency", "us"),
    "operations.*.missing.*": ("survivor",),
    "lookouts.*.to": ("agency", "us"),
    "lookouts.*.about.*": (*PEOPLE, "perpetrator"),
    "networks.*.members.*": ("perpetrator",),
    "networks.*.venues.*": ("venue",),
    "perpetrators.*.network": ("network",),
    "perpetrators.*.family.*.who": ("survivor", "perpetrator", "head-count"),
    "perpetrators.*.arrests.*.by": ("agency", "us"),
    "perpetrators.*.arrests.*.operation": ("operation",),
    "perpetrators.*.arrests.*.at": ("venue",),
    "perpetrators.*.bail.*.reoffended.venue": ("venue",),
    "proceedings.*.accused.*": ("perpetrator",),
    "proceedings.*.hearings.*.attended.*": ("survivor",),
    "compensation.*.for.*": PEOPLE,
    "compensation.*.against.*": RING,
    "compensation.*.payments.*.to": PEOPLE,
    "aftercare.*.placements.*.with.*": PEOPLE,
    "links.*.through.*": ANY,
    "notes.*.about.*": (*ANY, "us"),
}

# Fields that hold a key or plain words; what looks like a key must be one.
KEY_OR_WORDS = {
    "case.led_by": ("agency", "us"),
    "case.referral.*.to": ("agency", "us"),
    "case.supported_by.*": ("agency", "us", "office"),
    "lookouts.*.to_office": ("office",),
}

TRACKS = (("case", "legal"), ("case", "aftercare"))

# (earlier, later) within one group of fields.
IN_ORDER = (
    ("from", "to"), ("opened_on", "closed_on"), ("started", "ended"), ("applied_on", "decided_on"),
    ("decided_on", "ended_on"), ("filed_on", "decided_on"), ("date", "until"), ("date", "withdrawn_on"),
    ("date", "overturned_on"), ("date", "closed_on"), ("active_since", "dismantled_on"),
)  # fmt: skip


def check_references(file, offices):
    """Write every fault of this kind into the file; `offices` are the keys of the offices there are.

    When the schema has faults already, each check goes as far as the shape of the file lets it.
    """
    kinds = _kinds(file)
    for where, _name, value in leaves(file.document):
        _check_reference(file, where, value, kinds, offices)
    check_order(file, file.document)
    for check in CHECKS:
        try:
            check(file, kinds)
        except (TypeError, AttributeError, KeyError, ValueError):
            if not file.faults:
                raise


def _kinds(file):
    """What each key is the key of; a key that stands for two things is a fault, and so is us."""
    kinds = {}
    for section, kind in SECTIONS.items():
        records = file.document.get(section)
        for key in records if isinstance(records, dict) else ():
            if key == "us":
                file.fault(_("us is reserved for the organisation that writes the file"), section, key)
            elif key in kinds:
                file.fault(
                    _("the key %(key)s already stands for something else: %(kind)s")
                    % {"key": key, "kind": kinds[key]},
                    section,
                    key,
                )
            else:
                kinds[key] = kind
    return kinds


@cache
def _patterns(words_too):
    """The entries of a table by their first step and length."""
    found = {}
    for pattern, allowed in (KEY_OR_WORDS if words_too else REFERENCES).items():
        steps = tuple(pattern.split("."))
        found.setdefault((steps[0], len(steps)), []).append((steps, allowed))
    return found


def _allowed(where, *, words_too=False):
    """What may stand at a place, if it is a place for keys."""
    for steps, allowed in _patterns(words_too).get((where[0], len(where)), ()):
        if all(step in ("*", str(place)) for step, place in zip(steps, where, strict=True)):
            return allowed
    return None


def _check_reference(file, where, value, kinds, offices):
    if not isinstance(value, str):
        return
    if allowed := _allowed(where):
        _must_be(file, where, value, allowed, kinds)
    elif (allowed := _allowed(where, words_too=True)) and KEY.match(value):
        if (value == "us" and "us" in allowed) or ("office" in allowed and value in offices):
            return
        if kinds.get(value) not in allowed:
            file.fault(
                _("%(key)s is not known here: it must be the key of %(kinds)s")
                % {"key": value, "kinds": _either(allowed)},
                *where,
            )


def _must_be(file, where, key, allowed, kinds):
    if key == "us" and "us" in allowed:
        return
    kind = kinds.get(key)
    if kind is None:
        file.fault(_("nothing in this file has the key %s") % key, *where)
    elif kind not in allowed:
        file.fault(
            _("%(key)s is the key of another kind of thing (%(kind)s); here stands the key of %(kinds)s")
            % {"key": key, "kind": kind, "kinds": _either(allowed)},
            *where,
        )


def _either(kinds):
    return _(" or ").join(kinds)


def _groups(value, where=()):
    """(place, group of fields) for every group in the document."""
    if isinstance(value, dict):
        yield where, value
        for key, part in value.items():
            yield from _groups(part, (*where, key))
    elif isinstance(value, list):
        for position, part in enumerate(value, 1):
            yield from _groups(part, (*where, position))


def check_order(file, document):
    """No range of dates runs backwards; relative dates can only be told once they are days."""
    for where, group in _groups(document):
        _check_order(file, where, group)


def _check_order(file, where, group):
    if where in TRACKS and group.get("status") != "closed":
        return  # closed once and opened again
    for earlier, later in IN_ORDER:
        first, last = group.get(earlier), group.get(later)
        if _is_date(first) and _is_date(last) and _begins(first) > _ends(last):
            file.fault(
                _("runs backwards: %(later)s %(last)s lies before %(earlier)s %(first)s")
                % {"later": later, "last": last, "earlier": earlier, "first": first},
                *where,
                later,
            )


def _is_date(value):
    if not isinstance(value, str) or is_relative(value):
        return False
    try:
        return bool(moment(value)[0])
    except (ValueError, AttributeError):
        return False


def _begins(text):
    return moment(text)[0].first


def _ends(text):
    return moment(text)[0].last


def _check_links(file, kinds):
    for position, link in enumerate(file.document.get("links", ()), 1):
        if link.get("case") == file.document["case"]["number"]:
            file.fault(_("links the case to itself"), "links", position, "case")


def _check_keys_of_care(file, kinds):
    for key in file.document.get("aftercare", {}):
        if kinds.get(key) not in PEOPLE:
            file.fault(
                _("aftercare is kept by the key of a survivor or head-count of this file"), "aftercare", key
            )


def _check_expected_keys(file, kinds):
    expect = file.document.get("expect", {})
    for name, kind in (
        ("custody_days", "perpetrator"),
        ("prior_cases", "perpetrator"),
        ("prior_bails", "perpetrator"),
        ("score_change", "survivor"),
    ):
        for key in expect.get(name, {}):
            _must_be(file, ("expect", name, key), key, (kind,), kinds)


def _check_operations(file, kinds):
    """An attempt follows earlier ones, never in a circle; nothing is part of itself."""
    for section, field in (("operations", "follows"), ("agencies", "part_of"), ("venues", "inside")):
        records = file.document.get(section, {})
        for key in records:
            seen, step = {key}, records[key].get(field)
            while step in records and step not in seen:
                seen.add(step)
                step = records[step].get(field)
            if step == key:
                file.fault(_("leads back to itself"), section, key, field)


def _check_kin(file, kinds):
    for section in ("survivors", "perpetrators", "headcounts"):
        for key, person in file.document.get(section, {}).items():
            for position, kin in enumerate(person.get("family", ()), 1):
                if kin.get("who") == key:
                    file.fault(
                        _("relates the person to the same person"), section, key, "family", position, "who"
                    )


def _check_people(file, kinds):
    """One record for one human being; verdicts decide charges that are listed; one live bail at a time."""
    seen = {}
    for key, person in file.document.get("perpetrators", {}).items():
        if (ref := person.get("ref")) in seen:
            file.fault(
                _("%(ref)s is the ref of %(other)s already: one human being has one record in a file")
                % {"ref": ref, "other": seen[ref]},
                "perpetrators",
                key,
                "ref",
            )
        elif ref:
            seen[ref] = key
        _check_verdicts(file, key, person)
    for key, position, kind in live_twice(file.document):
        file.fault(
            _("is a second bail of the kind %s that runs in the same proceeding; say how one ended") % kind,
            "perpetrators",
            key,
            "bail",
            position,
        )


def _check_verdicts(file, key, person):
    charges = len(person.get("charges", ()))
    for position, verdict in enumerate(person.get("verdicts", ()), 1):
        for number, charge in enumerate(verdict.get("charges", ()), 1):
            if charge > charges:
                file.fault(
                    _("there is no charge %(number)d; the list has %(count)d")
                    % {"number": charge, "count": charges},
                    "perpetrators",
                    key,
                    "verdicts",
                    position,
                    "charges",
                    number,
                )


def _check_hearings(file, kinds):
    for key, proceeding in file.document.get("proceedings", {}).items():
        for position, hearing in enumerate(proceeding.get("hearings", ()), 1):
            if "reason" in hearing and hearing.get("outcome") not in ("adjourned", "vacated"):
                file.fault(
                    _("gives a reason for putting the hearing off, but the hearing was not put off"),
                    "proceedings",
                    key,
                    "hearings",
                    position,
                    "reason",
                )


def _check_payments(file, kinds):
    groups = file.document.get("headcounts", {})
    for position, award in enumerate(file.document.get("compensation", ()), 1):
        named = set(award["for"])
        for group in named & set(groups):
            named |= set(groups[group].get("includes", ()))
        for number, payment in enumerate(award.get("payments", ()), 1):
            if payment.get("to") and payment["to"] not in named:
                file.fault(
                    _("%s got a payment of an award that is not for them") % payment["to"],
                    "compensation",
                    position,
                    "payments",
                    number,
                    "to",
                )


CHECKS = (
    _check_links, _check_keys_of_care, _check_expected_keys, _check_operations, _check_kin, _check_people,
    _check_hearings, _check_payments,
)  # fmt: skip
