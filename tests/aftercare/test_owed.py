"""What the law gives a person, written out for people like those of the examples."""

from datetime import date

import pytest

from aftercare.models import Care
from aftercare.owed import Facts, facts_of, judge, owed_to, with_facts
from aftercare.owed.standing import Law
from tests.factories import (
    AgeMake,
    CareMake,
    CaseMake,
    EntitlementMake,
    EpisodeMake,
    HeadcountMake,
    OfficeMake,
    ReliefMake,
    SurvivorMake,
)

pytestmark = pytest.mark.django_db

KILN = {"country": "IN", "casework": "bonded_labour", "day": "2017-04", "nationality": ("IN",)}
GIRL = Facts(**KILN, child=True, gender="Feminine", exploitation=frozenset({"ForcedLabour", "ChildLabour"}))
MAN = Facts(**KILN, child=False, gender="Masculine", exploitation=frozenset({"ForcedLabour"}))
WOMAN = Facts(**KILN, child=False, gender="Feminine", exploitation=frozenset({"ForcedLabour"}))
TRAFFICKED = Facts("IN", "csec", "2023-08-02", True, "Feminine", frozenset({"SexualExploitation"}), ("BD",))


def given(facts, *only):
    """{code: (stand, amount)} of what applies or probably applies; or of these codes."""
    rows = [(row, now) for row, now in Law.read({facts.country}).on_day(facts)]
    judged = {row.code: (judge(row, facts).stand.value if now else "not", row.amount and int(row.amount))
              for row, now in rows}  # fmt: skip
    return {code: told for code, told in judged.items()
            if (code in only if only else told[0] in ("applies", "probably"))}  # fmt: skip


def test_the_girl_of_ten_from_the_kiln():
    assert given(GIRL) == {
        "IN-BL-IMMEDIATE": ("applies", 20000),  # the ceiling of April 2017, not that of today
        "IN-BL-REHAB-2L": ("applies", 200000),
        "IN-BL-NONCASH": ("probably", None),
        "IN-BL-DEBT": ("applies", None),
        "IN-VCS-STATE": ("probably", None),
        "IN-WITNESS-PROTECTION": ("probably", None),
        "IN-LEGAL-AID": ("applies", None),
    }


def test_the_man_the_woman_and_the_trafficked_child():
    scheme = ("IN-BL-IMMEDIATE", "IN-BL-REHAB-1L", "IN-BL-REHAB-2L", "IN-BL-REHAB-3L")
    assert given(MAN, *scheme) == {
        "IN-BL-IMMEDIATE": ("applies", 20000),
        "IN-BL-REHAB-1L": ("applies", 100000),
        "IN-BL-REHAB-2L": ("not", 200000),
        "IN-BL-REHAB-3L": ("not", 300000),
    }
    assert given(WOMAN, *scheme) == {
        "IN-BL-IMMEDIATE": ("applies", 20000),
        "IN-BL-REHAB-1L": ("not", 100000),
        "IN-BL-REHAB-2L": ("applies", 200000),
        "IN-BL-REHAB-3L": ("not", 300000),
    }
    asked = ("IN-NALSA-RAPE", "IN-MH-MANODHAIRYA")
    assert given(TRAFFICKED, *asked) == {
        "IN-NALSA-RAPE": ("check", 400000),
        "IN-MH-MANODHAIRYA": ("check", 100000),
    }
    assert given(TRAFFICKED) == {
        "IN-BL-REHAB-3L": ("probably", 300000),
        "IN-VCS-STATE": ("probably", None),
        "IN-POCSO-INTERIM": ("probably", None),
        "IN-POCSO-SPECIAL-RELIEF": ("probably", None),
        "IN-FREE-MEDICAL": ("applies", None),
        "IN-WITNESS-PROTECTION": ("probably", None),
        "IN-LEGAL-AID": ("applies", None),
        "IN-SHAKTI-SADAN": ("applies", None),
        "IN-REPATRIATION-BD": ("applies", None),
    }


@pytest.mark.parametrize(
    ("day", "stand", "amount"),
    [
        ("2014-06-02", "applies", 5000),
        ("2017-01-16", "applies", 5000),
        ("2017-01-17", "applies", 20000),
        ("2022-01-26", "applies", 20000),
        ("2022-01-27", "applies", 30000),
        ("2022-01", "check", 30000),  # the law changed within the month
        ("", "check", 30000),  # nobody knows the day
    ],
)
def test_the_law_of_the_day_of_relief_counts(day, stand, amount):
    someone = Facts("IN", "bonded_labour", day, False, "Masculine")
    assert given(someone, "IN-BL-IMMEDIATE") == {"IN-BL-IMMEDIATE": (stand, amount)}
    before = given(Facts("IN", "bonded_labour", "2014", False, "Masculine"), "IN-BL-REHAB-1L")
    assert before == {"IN-BL-REHAB-1L": ("not", 100000)}


def test_what_nobody_recorded_is_asked_and_never_guessed():
    unknown = Facts("IN", "bonded_labour", "2023-08-02")
    assert given(unknown, "IN-BL-REHAB-1L", "IN-BL-REHAB-2L", "IN-BL-IMMEDIATE", "IN-REPATRIATION-BD") == {
        "IN-BL-IMMEDIATE": ("applies", 30000),
        "IN-BL-REHAB-1L": ("check", 100000),
        "IN-BL-REHAB-2L": ("check", 200000),
        "IN-REPATRIATION-BD": ("check", None),
    }
    baby = Facts("IN", "bonded_labour", "2023-08-02", True, "Feminine", dependant=True)
    assert given(baby, "IN-BL-IMMEDIATE") == {"IN-BL-IMMEDIATE": ("check", 30000)}


def test_a_girl_of_the_philippines_and_a_boy_of_lake_volta():
    girl = Facts("PH", "osec", "2026-03-10", True, "Feminine", frozenset({"SexualExploitation"}), ("PH",))
    assert given(girl) == {
        "PH-MANDATORY-SERVICES": ("applies", None),
        "PH-RRTP": ("probably", 10000),
        "PH-BOC-RA7309": ("probably", 10000),
        "PH-MORAL-DAMAGES": ("probably", 500000),
        "PH-EXEMPLARY-DAMAGES": ("probably", 100000),
        "PH-WPP": ("probably", None),
        "PH-TRUST-FUND": ("probably", None),
        "PH-NO-FILING-FEE": ("probably", None),
        "PH-NON-PUNISH": ("applies", None),
    }
    boy = Facts("GH", "child_labour_slavery", "2017-03", True, "Masculine", frozenset({"ForcedLabour"}))
    assert given(boy) == {
        "GH-HTF": ("applies", None),
        "GH-COMPENSATION": ("probably", None),
        "GH-REHAB": ("applies", None),
        "GH-SHELTER": ("applies", None),
        "GH-NO-NAMES": ("applies", None),
    }
    assert given(boy, "GH-STAY") == {"GH-STAY": ("check", None)}  # her nationality is not on record


def kiln(**facts):
    office = OfficeMake(key="delhi", name="Delhi", country="IN", currency="INR", time_zone="Asia/Kolkata")
    case = CaseMake(office=office, casework_type="bonded_labour", **facts)
    person = SurvivorMake(case=case, gender="Feminine", child=None, nationality=["IN"])
    AgeMake(case=case, survivor=person, years="10", at="relief")
    EpisodeMake(case=case, survivor=person, kinds=["ForcedLabour", "ChildLabour"])
    ReliefMake(case=case, survivor=person, on="2017-04")
    return CareMake(case=case, survivor=person)


def test_the_facts_are_those_on_record_and_the_page_of_a_group_asks_for_the_rest(as_loader):
    care = kiln()
    group = CareMake(case=care.case, survivor=None, headcount=HeadcountMake(case=care.case, on="2017-04"))
    girl, many = (with_facts(Care.objects.filter(pk=pk)).get() for pk in (care.pk, group.pk))
    assert facts_of(girl) == GIRL
    assert facts_of(many) == Facts("IN", "bonded_labour", "2017-04")


def test_days_and_papers_are_told_and_alternatives_named(as_loader):
    care = kiln()
    EntitlementMake(case=care.case, care=care, law_code="IN-VCS-STATE", country="IN", status="applied",
                    applied_on="2026-01-01")  # fmt: skip
    EntitlementMake(case=care.case, care=care, scheme="Fund of the village")
    EntitlementMake(case=care.case, care=care, law_code="IN-BL-DEBT", not_due="No debt was ever named.")
    found = owed_to(with_facts(Care.objects.filter(pk=care.pk)).get(), date(2026, 5, 1))
    by = {one.law.code if one.law else one.name: one for one in found}
    stands = [one.stand.value for one in found]
    assert stands == sorted(stands, key=["applies", "probably", "check", "not"].index)
    assert found[0].law.code == "IN-BL-IMMEDIATE"  # what is due at once stands first
    money = by["IN-BL-REHAB-2L"]
    assert money.why == "Because of: bonded labour, a child at relief."
    assert [(kind.value, state.value) for kind, state, _row in money.papers] == [
        ("release_certificate", "missing"), ("bank_account", "missing"),
    ]  # fmt: skip
    assert money.days == (date(2026, 5, 1) - date(2017, 4, 30)).days
    assert by["IN-BL-REHAB-1L"].why == "For adults only."
    state = by["IN-VCS-STATE"]
    assert (state.days, state.due_on, state.late) == (120, date(2026, 3, 2), True)
    assert (by["IN-BL-DEBT"].stand.value, by["IN-BL-DEBT"].why) == ("not", "No debt was ever named.")
    assert by["Fund of the village"].stand.value == "applies"
