"""Last days of the law: a table worked out by hand from calendar and rule, and what must hold of any date."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from prosecutions.reckoning.days import DAY, WorkingDays, first_moment, months_later, working_days
from prosecutions.reckoning.periods import LENGTHS, Period, Start, end_of, skipped_days
from prosecutions.states import Doubt

TABLE = Path(__file__).with_name("clock_dates.csv")
WITH_LENGTH = (*LENGTHS, "counts", "start_day", "roll_over", "kind", "suspended_by", "readings")


@cache
def law(country):
    """The country's file: its first time zone and its clocks by code."""
    path = Path(settings.BASE_DIR) / "law" / "jurisdictions" / f"{country.lower()}.yaml"
    text = yaml.safe_load(path.read_text(encoding="utf-8"))
    return text["time_zones"][0], {row["code"]: row for row in text["statutory_clocks"]}


def period_of(code):
    row = law(code[:2])[1][code]
    facts = {name: row[name] for name in WITH_LENGTH if row.get(name) is not None}
    if "fraction_of_max" in facts:
        facts["fraction_of_max"] = Decimal(str(facts["fraction_of_max"]))
    return Period(**facts)


def by_hand():
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_the_table_covers_all_nine_countries():
    rows = by_hand()
    assert len(rows) >= 60
    assert {row["rule"][:2] for row in rows} == {"AU", "BO", "DO", "GH", "IN", "KH", "PH", "TH", "US"}
    assert all(row["how"] for row in rows)


@pytest.mark.parametrize("row", by_hand(), ids=lambda row: f"{row['rule']} {row['start']}")
def test_what_was_worked_out_by_hand_is_what_we_say(row):
    country = row["rule"][:2]
    zone = ZoneInfo(row["zone"] or law(country)[0])
    timed = "T" in row["start"]
    moment = datetime.fromisoformat(row["start"]).replace(tzinfo=zone) if timed else None
    start = Start.at(moment, zone) if timed else Start.on(row["start"])
    longest = int(row["longest"]) if row["longest"] else None
    end = end_of(period_of(row["rule"]), start, zone, working_days(country), longest)

    assert end.on.isoformat() == row["last_day"]
    assert end.at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") == row["moment_after"]
    assert (end.other_on.isoformat() if end.other_on else "") == row["other_day"]
    assert (end.latest_on.isoformat() if end.latest_on else "") == row["latest_day"]


DATES = st.dates(date(2004, 1, 1), date(2032, 12, 31))
ZONES = st.sampled_from(
    ["Asia/Kolkata", "Asia/Manila", "America/La_Paz", "America/New_York", "Australia/Sydney", "Africa/Accra"]
).map(ZoneInfo)
COUNTRIES = st.sampled_from(["IN", "PH", "KH", "BO", "DO", "GH", "TH", "US", "AU"]).map(working_days)
PERIODS = st.one_of(
    st.builds(Period, days=st.integers(1, 400)),
    st.builds(Period, months=st.integers(1, 60)),
    st.builds(Period, years=st.integers(1, 20)),
    st.builds(Period, hours=st.integers(1, 200)),
    st.builds(Period, days=st.integers(1, 40), counts=st.just("working")),
    st.builds(Period, days=st.integers(1, 90), roll_over=st.just("next_working_day")),
    st.builds(Period, fraction_of_max=st.sampled_from([Decimal("0.5"), Decimal("0.3333")])),
)


@given(PERIODS, DATES, st.integers(0, 400), ZONES, COUNTRIES)
def test_whatever_begins_later_ends_no_earlier_and_nothing_ends_before_it_begins(
    period, day, later, zone, working
):
    one = end_of(period, Start(day, day), zone, working, 120)
    other_day = day + DAY * later
    other = end_of(period, Start(other_day, other_day), zone, working, 120)
    assert one.on >= day
    assert one.at <= other.at
    assert one.at > first_moment(day, zone)


@given(st.integers(1, 60), DATES, ZONES, COUNTRIES)
def test_working_days_end_on_a_working_day_and_name_every_day_they_skip(count, day, zone, working):
    period = Period(days=count, counts="working")
    end = end_of(period, Start(day, day), zone, working)
    assert working.open_on(end.on)
    assert (end.on - day).days - len(skipped_days(period, day, end, working)) == count


@given(st.integers(1, 400), DATES, ZONES, COUNTRIES)
def test_a_last_day_that_rolls_on_is_a_working_day_and_no_earlier(count, day, zone, working):
    stays = end_of(Period(days=count), Start(day, day), zone, working)
    rolls = end_of(Period(days=count, roll_over="next_working_day"), Start(day, day), zone, working)
    assert working.open_on(rolls.on)
    assert stays.on <= rolls.on
    assert stays.on == rolls.on or not working.open_on(stays.on)


@given(st.integers(2, 400), DATES, ZONES, COUNTRIES)
def test_counting_the_first_day_ends_a_day_earlier_and_both_readings_are_shown(count, day, zone, working):
    included = Period(days=count, start_day="included", readings={"start_day": "excluded"})
    end = end_of(included, Start(day, day), zone, working)
    excluded = end_of(Period(days=count), Start(day, day), zone, working)
    assert end.on == excluded.on - DAY
    assert end.other_on == excluded.on
    turned = Period(days=count, readings={"start_day": "included"})
    assert end_of(turned, Start(day, day), zone, working) == end, "the earlier one is warned of"


@given(st.integers(1, 500), st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), ZONES, ZONES)
def test_hours_are_durations_whatever_the_clocks_do(hours, naive, zone, other_zone):
    moment = naive.replace(tzinfo=UTC)
    end = end_of(Period(hours=hours), Start.at(moment, zone), zone, working_days("US"))
    elsewhere = end_of(Period(hours=hours), Start.at(moment, other_zone), other_zone, working_days("IN"))
    assert end.at - moment == timedelta(hours=hours)
    assert end.at == elsewhere.at


@given(PERIODS, DATES, st.integers(0, 40), ZONES, COUNTRIES)
def test_a_vague_beginning_gives_a_range_that_holds_every_day_it_can_mean(period, day, width, zone, working):
    vague = end_of(period, Start(day, day + DAY * 40), zone, working, 84)
    exact = end_of(period, Start(day + DAY * width, day + DAY * width), zone, working, 84)
    assert vague.on <= exact.on <= (vague.latest_on or vague.on)
    assert Doubt.START in vague.doubts


@given(DATES, st.integers(0, 600))
def test_a_month_later_is_in_the_month_that_follows(day, months):
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)


@given(DATES, ZONES, ZONES)
def test_the_east_reaches_the_end_first(day, zone, other):
    ends = [end_of(Period(days=10), Start(day, day), where, working_days("US")) for where in (zone, other)]
    assert ends[0].on == ends[1].on
    east_first = zone.utcoffset(datetime.combine(ends[0].on + DAY, datetime.min.time())) > other.utcoffset(
        datetime.combine(ends[0].on + DAY, datetime.min.time())
    )
    assert (ends[0].at < ends[1].at) == east_first


def test_no_number_gives_no_day_and_a_share_of_an_unknown_term_says_so():
    working, zone, start = working_days("IN"), ZoneInfo("Asia/Kolkata"), Start.on("2026-01-01")
    assert end_of(Period(), start, zone, working).on is None
    unknown = end_of(Period(fraction_of_max=Decimal("0.5")), start, zone, working)
    assert (unknown.on, unknown.doubts) == (None, (Doubt.TERM,))


def test_so_long_before_counts_back_by_the_kind_of_days():
    zone, start = ZoneInfo("Asia/Manila"), Start.on("2026-04-09")
    assert end_of(Period(days=7, kind="lead_time"), start, zone, working_days("PH")).on == date(2026, 4, 2)
    working = Period(days=3, kind="lead_time", counts="working")
    # 8, 7, 6 April; the holy days and the weekend before them are not reached.
    assert end_of(working, start, zone, working_days("PH")).on == date(2026, 4, 6)
    assert end_of(
        Period(months=1, kind="lead_time"), Start.on("2026-03-31"), zone, working_days("PH")
    ).on == (date(2026, 2, 28))


def test_a_part_of_a_country_has_its_own_holidays_and_a_country_nobody_wrote_down_its_weekend():
    panchami = date(2026, 10, 19)  # Mahashtami in West Bengal
    assert not working_days("IN", "IN-WB").open_on(panchami)
    assert working_days("IN", "IN-XX").open_on(panchami) == working_days("IN").open_on(panchami)
    assert working_days("IN", "IN-WB").holiday(panchami)
    nowhere = WorkingDays("ZZ")
    assert not nowhere.open_on(date(2026, 11, 22))
    assert nowhere.open_on(date(2026, 11, 23))
    assert nowhere.holiday(date(2026, 12, 25)) == ""
