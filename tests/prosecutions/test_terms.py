"""When a sentence ends: a table worked out by hand, and what must hold for any sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prosecutions.terms import Length, Part, Sentence, Spell, after, covered, credit, effective, release

FIXED, LIFE, SUSPENDED = "imprisonment_fixed", "life", "suspended_imprisonment"
DEFAULT, FINE, SERVED = "default_imprisonment", "fine", "time_served"
NOBODY = {"bailed": False, "out": False}


def fixed(months="", days="", runs=""):
    return Part(FIXED, months, days, runs)


def held(start, end="", **more):
    return Spell(start, end, **more)


# on, parts, spells, earliest, latest
BY_HAND = [
    # ten years from the judgment: the last day is the one before the tenth anniversary
    ("2017-03-10", [fixed("120")], [], "2027-03-09", "2027-03-09"),
    # held from 1 January: 68 days before 10 March (31 + 28 + 9) come off
    ("2017-03-10", [fixed("120")], [held("2017-01-01")], "2026-12-31", "2026-12-31"),
    # held for 31 days, then on bail; the sentence begins with the judgment
    ("2017-03-10", [fixed("12")], [held("2017-01-01", "2017-02-01")], "2018-02-06", "2018-02-06"),
    # two spells that overlap count once: 1 January to 1 March is 59 days
    (
        "2017-03-10",
        [fixed("12")],
        [held("2017-01-01", "2017-02-15"), held("2017-02-01", "2017-03-01")],
        "2018-01-09",
        "2018-01-09",
    ),
    # side by side the longest counts
    (
        "2020-01-31",
        [fixed("84"), fixed("120", runs="concurrent"), fixed("6")],
        [],
        "2030-01-30",
        "2030-01-30",
    ),
    # after one another: 24 + 12 months and 10 days
    (
        "2020-01-01",
        [fixed("24"), fixed("12", "10", "consecutive")],
        [],
        "2023-01-10",
        "2023-01-10",
    ),
    # the last of a shorter month: one month from 31 January 2024 runs to 28 February
    ("2024-01-31", [fixed("1")], [], "2024-02-28", "2024-02-28"),
    ("2024-02-29", [fixed("12")], [], "2025-02-27", "2025-02-27"),
    # in one February thirty days are longer than a month: the longer day counts, not the longer word
    ("2023-02-01", [fixed("1"), fixed("", "30")], [], "2023-03-02", "2023-03-02"),
    # a range stays one; "at most" has no earliest day, "at least" no latest
    ("2020-01-01", [Part("imprisonment_indeterminate", "84..120")], [], "2026-12-31", "2029-12-31"),
    ("2020-01-01", [fixed("..108")], [], None, "2028-12-31"),
    ("2020-01-01", [fixed("60..")], [], "2024-12-31", None),
    # the judgment known to the month
    ("2020-02", [fixed("12")], [], "2021-01-31", "2021-02-27"),
    # remand known to the month: 29 to 60 days at the most, none surely before March begins
    ("2020-03-01", [fixed("12")], [held("2020-01", "2020-02")], "2020-12-31", "2021-02-27"),
    # a spell that may have been for something else lessens the earliest day alone
    ("2020-03-01", [fixed("12")], [held("2020-02-01", "2020-03-01", sure=False)], "2021-01-30", "2021-02-28"),
    # 100 days on record without a date
    ("2020-01-01", [fixed("12")], [Spell(days="100", over=True)], "2020-09-22", "2020-09-22"),
    # out on bail after two months and back: the days before come off the term from the day of return
    (
        "2015-01-01",
        [fixed("72")],
        [held("2015-01-01", "2015-03-01"), held("2017-07-01")],
        "2023-05-02",
        "2023-05-02",
    ),
    # prison for a fine not paid is not added, a suspended term neither
    ("2020-01-01", [fixed("12"), Part(FINE), Part(DEFAULT, "6")], [], "2020-12-31", "2020-12-31"),
    ("2020-01-01", [fixed("12"), Part(SUSPENDED, "24")], [], "2020-12-31", "2020-12-31"),
    # more days inside than the term: out on the day of the judgment, never before it
    ("2020-01-01", [fixed("1")], [held("2019-01-01")], "2020-01-01", "2020-01-01"),
]


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("on", "parts", "spells", "earliest", "latest"), BY_HAND)
def test_the_day_of_release_is_the_one_worked_out_by_hand(on, parts, spells, earliest, latest):
    found = release([Sentence(on, tuple(parts))], spells, **NOBODY)
    assert (found.state, found.earliest, found.latest) == ("dated", day(earliest), day(latest))


@pytest.mark.parametrize(
    ("parts", "how", "state"),
    [
        ([Part(LIFE)], {}, "life"),
        ([Part(LIFE), fixed("12")], {}, "life"),
        ([Part("death")], {}, "life"),
        ([Part(SUSPENDED, "24")], {}, "suspended"),
        ([Part(FINE)], {}, "no_prison"),
        ([Part(SERVED)], {}, "over"),
        ([], {}, "unknown"),
        ([fixed("12")], {"bailed": True}, "at_liberty"),
        ([fixed("12")], {"out": True}, "over"),
    ],
)
def test_there_is_no_day_where_there_is_none(parts, how, state):
    found = release([Sentence("2020-01-01", tuple(parts))], [], **NOBODY | how)
    assert (found.state, found.earliest, found.latest) == (state, None, None)


def test_without_a_conviction_or_a_date_nothing_is_guessed():
    assert release([], [], **NOBODY).state == "none"
    assert release([Sentence("", (fixed("12"),))], [], **NOBODY).state == "unknown"
    began = release([Sentence("", (fixed("12"),))], [held("2020-01-01")], **NOBODY)
    assert began.earliest == date(2020, 12, 31)


def test_two_sentences_run_together_at_the_earliest_and_one_after_the_other_at_the_latest():
    two = [Sentence("2020-01-01", (fixed("24"),)), Sentence("2020-07-01", (fixed("12"),))]
    found = release(two, [], **NOBODY)
    assert (found.earliest, found.latest) == (date(2021, 12, 31), date(2022, 12, 31))


DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))
MONTHS = st.integers(1, 500)
LENGTHS = st.builds(Length, st.integers(0, 500), st.integers(0, 400))
SPELLS = st.lists(
    st.tuples(DAYS, st.integers(0, 2000)).map(
        lambda pair: held(pair[0].isoformat(), (pair[0] + timedelta(days=pair[1])).isoformat())
    ),
    max_size=5,
)


def day_of(on, parts, spells=()):
    return release([Sentence(on.isoformat(), tuple(parts))], list(spells), **NOBODY)


@given(DAYS, st.lists(MONTHS, min_size=1, max_size=5))
@example(date(2000, 1, 30), [1, 1])
def test_together_is_the_longest_and_in_turn_is_the_sum(on, months):
    beside = day_of(on, [fixed(str(number)) for number in months]).earliest
    alone = [day_of(on, [fixed(str(number))]).earliest for number in months]
    assert beside == max(alone)
    in_turn = [fixed(str(months[0])), *(fixed(str(number), runs="consecutive") for number in months[1:])]
    assert day_of(on, in_turn).earliest == day_of(on, [fixed(str(sum(months)))]).earliest >= beside
    assert effective(in_turn).high.months == sum(months)


@given(DAYS, MONTHS, SPELLS)
def test_custody_never_lengthens_a_sentence_and_never_ends_it_before_it_begins(on, months, spells):
    without, found = day_of(on, [fixed(str(months))]), day_of(on, [fixed(str(months))], spells)
    assert on <= found.earliest == found.latest <= without.latest
    low, high = credit(spells, on)
    assert low == high <= sum((day(s.ends_on) - day(s.starts_on)).days for s in spells)
    assert credit([*spells, *spells], on) == (low, high)
    assert (without.latest - found.latest).days == min(high, (without.latest - on).days)


@given(st.integers(1990, 2030), st.integers(1, 12), MONTHS, SPELLS)
def test_what_is_known_to_the_month_holds_every_day_of_it(year, month, months, spells):
    vague = release([Sentence(f"{year}-{month:02}", (fixed(str(months)),))], spells, **NOBODY)
    assert vague.earliest <= vague.latest
    exact = day_of(date(year, month, 15), [fixed(str(months))], spells)
    assert vague.earliest <= exact.earliest <= vague.latest


@given(DAYS, LENGTHS, LENGTHS)
def test_a_longer_term_never_ends_sooner(on, one, two):
    assert after(on, one + two) >= after(on, one) >= on


@given(st.lists(st.tuples(DAYS, DAYS), max_size=6))
def test_each_day_inside_is_counted_once(pairs):
    intervals = [tuple(sorted(pair)) for pair in pairs]
    days = {first + timedelta(days=n) for first, end in intervals for n in range((end - first).days)}
    assert covered(intervals) == len(days)
