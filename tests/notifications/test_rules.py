import pytest

from notifications.rules import CATALOGUE, FALLBACK, LADDERS, NAMES, WORKING, Step, To, Urgency, catalogue
from notifications.words import WHY, WORDS, words_of

CASE_FILE_NAMES = {
    "bail_granted", "bail_pending_appeal", "bail_application_pending", "repeat_accused", "reoffended_on_bail",
    "operation_failed", "operation_tip_off", "survivor_missing", "survivor_recaptured", "lookout_sent",
    "hearing_soon", "hearing_unrecorded", "hearing_adjourned_streak", "trial_delayed_repeatedly",
    "custody_over_90_days", "review_overdue", "review_soon", "compensation_unpaid", "case_reopened",
    "family_member_accused",
}  # fmt: skip


def test_every_name_of_the_case_file_format_meets_a_rule():
    assert set(NAMES) == CASE_FILE_NAMES
    assert set(NAMES.values()) <= set(catalogue())


def test_names_of_our_own_rules_have_recipients_and_urgency():
    own = [rule for rule in catalogue().values() if rule.section.startswith("b.6")]
    assert {rule.code for rule in own} == {"F1", "F2", "F3", "F4"}
    assert all(rule.recipients and rule.urgency and rule.names for rule in own)


def test_the_catalogue_is_whole():
    assert len(catalogue()) == 74
    assert CATALOGUE.read_text(encoding="utf-8").count("\n") == 75


def test_every_working_rule_is_in_the_catalogue_and_has_words():
    assert set(WORKING) <= set(catalogue())
    for code, practice in WORKING.items():
        assert practice.to
        assert code == "H2" or words_of(code)[0]
    # Besides: one's own channels, and the list of the day.
    assert {code.partition(".")[0] for code in WORDS} <= {*WORKING, "V", "D"}


def test_every_reason_has_words():
    assert set(WHY) == set(To)


@pytest.mark.parametrize("urgency", Urgency)
def test_ladders_climb(urgency):
    steps = [(step.working_days, step.minutes) for step in LADDERS[urgency]]
    assert steps == sorted(steps)


def test_an_operation_given_away_climbs_past_the_team():
    reached = {role for step in WORKING["O2"].steps for role in step.to} | set(WORKING["O2"].fallback)
    assert reached == {To.SAME, To.RD}
    assert To.TEAM in FALLBACK


def test_a_step_asks_the_same_people_unless_it_says_whom():
    assert Step(minutes=15).to == (To.SAME,)
