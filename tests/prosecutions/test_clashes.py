"""Can one person be at both? Two hearings, the way between their courts, other zones and midnight."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from prosecutions.clashes import Appointment, clash_of, find_clashes

MANILA, ACCRA, LA_PAZ = ZoneInfo("Asia/Manila"), ZoneInfo("Africa/Accra"), ZoneInfo("America/La_Paz")
WAYS = {frozenset({"id:lapaz", "id:elalto"}): 45}


def at(text, court="id:lapaz", town="La Paz", who="bob", zone=LA_PAZ, **fields):
    begins = datetime.fromisoformat(text).replace(tzinfo=zone) if "T" in text else None
    key = fields.pop("key", f"{text} {court} {zone}")
    return Appointment(key, who, date.fromisoformat(text[:10]), begins, court, town, **fields)


def told(clash):
    return clash and (clash.free, clash.way, clash.estimated)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (at("2026-12-01T10:00", "id:elalto", "El Alto"), (0, 45, False)),
        (at("2026-12-01T10:44", "id:elalto", "El Alto"), (44, 45, False)),
        (at("2026-12-01T10:45", "id:elalto", "El Alto"), None),
        (at("2026-12-01T09:30", "id:elalto", "El Alto"), (-30, 45, False)),
        (at("2026-12-01T07:14", "id:elalto", "El Alto"), None),
        (at("2026-12-01T07:30", "id:elalto", "El Alto"), (30, 45, False)),
        (at("2026-12-01T09:30"), (-30, 0, False)),
        (at("2026-12-01T10:00"), None),
        (at("2026-12-01T10:29", "written:court 2", "la paz"), (29, 30, True)),
        (at("2026-12-01T10:30", "written:court 2", "la paz"), None),
        (at("2026-12-01T11:59", "written:court 3", "Oruro"), (119, 120, True)),
        (at("2026-12-01T12:00", "written:court 3", "Oruro"), None),
        (at("2026-12-01T11:00", "", ""), (60, 120, True)),
    ],
)
def test_the_way_between_courts_decides(other, expected):
    nine = at("2026-12-01T09:00", key="nine")
    assert told(clash_of(nine, other, WAYS)) == expected
    assert told(clash_of(other, nine, WAYS)) == expected, "the same both ways"


def test_a_longer_hearing_leaves_less_time():
    long = at("2026-12-01T09:00", key="long", length=timedelta(hours=3))
    assert told(clash_of(long, at("2026-12-01T11:30"), WAYS)) == (-30, 0, False)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # The same hour on two clocks is eight hours apart, and two hours may be one moment.
        (at("2026-12-01T09:00", zone=MANILA), at("2026-12-01T09:00", "id:x", "Accra", zone=ACCRA), None),
        (
            at("2026-12-01T17:00", zone=MANILA),
            at("2026-12-01T09:00", "id:x", "Accra", zone=ACCRA),
            (-60, 120, True),
        ),
        # Over midnight, and over the date line of two offices.
        (at("2026-12-01T23:30"), at("2026-12-02T00:15", "id:elalto"), (-15, 45, False)),
        (
            at("2026-12-02T06:00", zone=MANILA),
            at("2026-12-01T18:30", "id:elalto", "El Alto"),
            (-30, 45, False),
        ),
        # The night in which clocks go forward: an hour less than the wall says.
        (
            at("2027-03-14T01:30", zone=ZoneInfo("America/New_York")),
            at("2027-03-14T03:15", "id:elalto", zone=ZoneInfo("America/New_York")),
            (-15, 45, False),
        ),
    ],
)
def test_moments_count_and_not_what_clocks_show(one, other, expected):
    assert told(clash_of(one, other, WAYS)) == expected


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        (at("2026-12-01", "written:court 3", "Oruro"), True),
        (at("2026-12-01T16:00", "written:court 3", "Oruro"), True),
        (at("2026-12-01", "written:court 2", "La Paz"), False),
        (at("2026-12-01", "id:lapaz"), False),
        (at("2026-12-02", "written:court 3", "Oruro"), False),
    ],
)
def test_without_an_hour_two_towns_on_one_day_are_too_much(other, clashes):
    found = clash_of(at("2026-12-01", key="day"), other, WAYS)
    assert bool(found) is clashes
    assert not found or found.free is None


def test_one_proceeding_is_never_in_its_own_way():
    one, other = (at(f"2026-12-01T09:{minute}", proceeding="t1") for minute in ("00", "30"))
    assert clash_of(one, other, WAYS) is None


def test_every_pair_of_one_person_is_found_and_none_of_two():
    day = [
        at("2026-12-01T09:00", "id:lapaz", key=1),
        at("2026-12-01T09:30", "id:elalto", key=2),
        at("2026-12-01T10:10", "id:lapaz", key=3),
        at("2026-12-01T18:00", "id:elalto", key=4),
        at("2026-12-01T09:00", "id:elalto", key=5, who="sita"),
        at("2026-12-01", "written:court 3", "Oruro", key=6),
    ]
    pairs = {tuple(sorted((clash.one.key, clash.other.key))) for clash in find_clashes(day, WAYS)}
    assert pairs == {(1, 2), (2, 3), (1, 3), (1, 6), (2, 6), (3, 6), (4, 6)} - {(1, 3)}
    assert find_clashes(reversed(day), WAYS) == find_clashes(day, WAYS)
    (clash,) = find_clashes(day[:2], WAYS)
    assert clash.beside(1).key == 2
    assert clash.overlap


def test_a_long_way_is_looked_for_as_far_as_it_takes():
    far = {frozenset({"id:lapaz", "id:far"}): 600}
    (clash,) = find_clashes([at("2026-12-01T08:00"), at("2026-12-01T18:00", "id:far")], far)
    assert told(clash) == (540, 600, False)
