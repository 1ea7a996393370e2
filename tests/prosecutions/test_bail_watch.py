"""Conditions that fall due, answers in one tap, where the person is, and the board that shows it all."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import law
from prosecutions.bail_states import ConditionKind, Rhythm
from prosecutions.models import (
    BailBreach,
    BailCondition,
    BailOrder,
    BailVariation,
    ConditionCheck,
    StatusCheck,
)
from prosecutions.rhythm import due_before, first_due, may_answer_early, next_due
from tests.factories import (
    AccusedMake,
    BailBreachMake,
    BailConditionMake,
    BailOrderMake,
    CaseMake,
    ClockMake,
    CustodyMake,
    PartyMake,
    ProceedingMake,
    StatusCheckMake,
    SurvivorMake,
)

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)  # a Friday, noon in the office
MONDAY = date(2026, 11, 16)


@pytest.fixture
def accused(case):
    return AccusedMake(case=case)


@pytest.fixture
def out(case, accused):
    proceeding = ProceedingMake(case=case)
    return BailOrderMake(
        case=case, accused=accused, proceeding=proceeding, status="GRANTED", decided_on="2026-04-02",
        released_on="2026-04-03",
    )  # fmt: skip


@pytest.fixture
def weekly(case, out):
    return BailConditionMake(
        case=case, bail=out, rhythm="weekly", weekday=0, next_on=MONDAY, text="To the police"
    )


def post(client, user, name, pk, /, **facts):
    client.force_login(user)
    return client.post(reverse(f"prosecutions:{name}", args=[pk]), facts)


def errors(response, field):
    assert response.status_code == 422
    return response.context["form"].errors[field][0]


def test_kinds_of_conditions_are_those_of_the_list_of_all_countries():
    lists = yaml.safe_load((Path(law.__file__).parent / "jurisdictions/common.yaml").read_text("utf-8"))
    assert {row["code"] for row in lists["bail_condition_types"]} == set(ConditionKind.values)


@pytest.mark.parametrize(
    ("rhythm", "due", "after", "every", "expected"),
    [
        ("weekly", MONDAY, MONDAY, None, date(2026, 11, 23)),
        ("weekly", MONDAY, date(2026, 12, 1), None, date(2026, 12, 7)),
        ("every", date(2026, 2, 27), date(2026, 2, 27), 3, date(2026, 3, 2)),
        ("every", date(2026, 2, 27), date(2026, 1, 1), 3, date(2026, 3, 2)),
        ("once", MONDAY, MONDAY, None, None),
        ("always", MONDAY, MONDAY, None, None),
    ],
)
def test_the_next_day_follows_from_the_last(rhythm, due, after, every, expected):
    assert next_due(rhythm, due, after, every_days=every) == expected


def test_the_first_day_is_never_one_that_has_passed():
    today, long_ago = date(2026, 11, 20), date(2025, 1, 1)
    assert first_due("weekly", long_ago, today, weekday=4) == today
    assert first_due("weekly", today, today, weekday=4) == date(2026, 11, 27)
    assert first_due("every", long_ago, today, every_days=14) >= today
    assert first_due("every", today, today, every_days=14, on=date(2026, 11, 25)) == date(2026, 11, 25)
    assert first_due("once", today, today, on=long_ago) == long_ago
    assert first_due("always", today, today) is None
    assert due_before("weekly", MONDAY, date(2026, 12, 1)) == [MONDAY, date(2026, 11, 23), date(2026, 11, 30)]
    assert not may_answer_early("weekly", date(2026, 11, 27), today)
    assert may_answer_early("weekly", date(2026, 11, 26), today)
    assert may_answer_early("once", date(2027, 1, 1), today)


@time_machine.travel(NOW, tick=False)
def test_the_grant_offers_the_usual_conditions_by_touch(client, case, accused, lawyer, looking, events):
    bail = BailOrderMake(case=case, accused=accused, proceeding=ProceedingMake(case=case))
    maya = SurvivorMake(case=case, pseudonym="Maya")
    stranger = SurvivorMake(pseudonym="Stranger")
    client.force_login(lawyer)
    page = client.get(reverse("prosecutions:bail-grant", args=[bail.pk])).content.decode()
    assert "Maya" in page
    assert "Stranger" not in page
    facts = {"decided_on": "2026-11-19", "report_weekday": "0", "report_at": "Station 4",
             "stay_away": [maya.pk], "other_terms": ["travel_ban"], "conditions": "no drink",
             "version": 1}  # fmt: skip
    assert (
        post(client, lawyer, "bail-grant", bail.pk, **facts | {"stay_away": [stranger.pk]}).status_code == 422
    )
    assert post(client, lawyer, "bail-grant", bail.pk, **facts).status_code == 302
    with looking(lawyer):
        terms = list(
            BailCondition.objects.order_by("position").values_list("kind", "survivor", "next_on", "place")
        )
        assert BailOrder.objects.get().conditions == ["no drink"]
    assert terms == [
        ("reporting", None, date(2026, 11, 23), "Station 4"),
        ("no_contact", maya.pk, None, ""),
        ("travel_ban", None, None, ""),
    ]
    assert [event.detail for event in events("condition.add")] == [{"kind": row[0]} for row in terms]


@time_machine.travel(NOW, tick=False)
def test_one_tap_says_that_it_was_kept_and_sets_the_next_day(client, weekly, lawyer, looking, events):
    client.force_login(lawyer)
    board = client.get(reverse("prosecutions:bail-list")).content.decode()
    assert "not confirmed for 4 days" in board
    answer = {"result": "kept", "due_on": MONDAY.isoformat(), "board": "1"}
    response = post(client, lawyer, "condition-check", weekly.pk, **answer)
    assert response["Location"] == reverse("prosecutions:bail-list")
    with looking(lawyer):
        check, condition = ConditionCheck.objects.get(), BailCondition.objects.get()
    assert (check.result, check.due_on, check.by_id, check.on) == ("kept", MONDAY, lawyer.pk, "2026-11-20")
    assert condition.next_on == date(2026, 11, 23)
    assert [event.detail for event in events("condition.check")] == [{"result": "kept"}]
    again = post(client, lawyer, "condition-check", weekly.pk, **answer)
    assert errors(again, "result") == "Somebody has answered for this day already."
    text = client.get(reverse("prosecutions:bail-detail", args=[weekly.bail_id])).content.decode()
    assert "Mon 16 November 2026" in text


@time_machine.travel(NOW, tick=False)
def test_broken_is_a_breach_at_once_and_nobody_made_sure_answers_for_all_that_passed(
    client, weekly, lawyer, looking, events
):
    with looking(lawyer):
        BailCondition.objects.update(next_on=date(2026, 11, 2))
    skipped = {"result": "not_checked", "due_on": "2026-11-02"}
    assert post(client, lawyer, "condition-check", weekly.pk, **skipped).status_code == 302
    with looking(lawyer):
        assert [row.due_on.day for row in ConditionCheck.objects.order_by("due_on")] == [2, 9, 16]
        assert BailCondition.objects.get().next_on == date(2026, 11, 23)
    broken = {"result": "broken", "due_on": "2026-11-23", "note": "seen abroad"}
    assert post(client, lawyer, "condition-check", weekly.pk, **broken).status_code == 302
    with looking(lawyer):
        breach = BailBreach.objects.get()
        assert (breach.what, breach.condition_id, breach.on) == ("To the police", weekly.pk, "2026-11-20")
        assert BailOrder.objects.get().status == "BREACHED"
    assert len(events("bail.breach")) == 1


@time_machine.travel(NOW, tick=False)
def test_nobody_answers_for_a_period_that_has_not_begun_or_a_bail_that_is_over(
    client, weekly, lawyer, looking
):
    with looking(lawyer):
        BailCondition.objects.update(next_on=date(2026, 11, 30))
    early = post(client, lawyer, "condition-check", weekly.pk, result="kept", due_on="2026-11-30")
    assert errors(early, "result") == "It is too early to answer for this day."
    assert (
        post(client, lawyer, "condition-lift", weekly.pk, lifted_on="2026-11-19", version=1).status_code
        == 302
    )
    late = post(client, lawyer, "condition-check", weekly.pk, result="kept")
    assert errors(late, "result") == "This condition is lifted already."
    with looking(lawyer):
        BailOrder.objects.update(status="ENDED")
    over = post(client, lawyer, "condition-add", weekly.bail_id, kind="curfew", rhythm="always")
    assert errors(over, "kind") == "Only a bail that runs has conditions to look after."


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "other", "rhythm": "always"}, "text"),
        ({"kind": "reporting", "rhythm": "weekly"}, "weekday"),
        ({"kind": "reporting", "rhythm": "every"}, "every_days"),
        ({"kind": "surety", "rhythm": "once"}, "on"),
    ],
)
def test_a_condition_says_what_it_needs(client, out, lawyer, facts, field):
    assert errors(post(client, lawyer, "condition-add", out.pk, **facts), field)


def test_a_condition_of_every_rhythm_can_be_added(client, out, lawyer, looking):
    for facts in (
        {"kind": "reporting", "rhythm": "weekly", "weekday": "2"},
        {"kind": "reporting", "rhythm": "every", "every_days": "14"},
        {"kind": "surety", "rhythm": "once", "on": "2099-01-02"},
        {"kind": "other", "rhythm": "always", "text": "Keep the peace"},
    ):
        assert post(client, lawyer, "condition-add", out.pk, **facts).status_code == 302
    with looking(lawyer):
        assert {row.rhythm for row in BailCondition.objects.all()} == set(Rhythm.values)


def test_the_court_changes_the_terms_and_what_stood_before_is_kept(client, out, lawyer, looking, events):
    with looking(lawyer):
        BailOrder.objects.update(conditions=["weekly"], surety_low=1, surety_high=1, surety_currency="PHP")
    facts = {
        "on": "2026-05-01",
        "conditions": "daily",
        "surety": "500",
        "surety_currency": "PHP",
        "version": 1,
    }
    assert post(client, lawyer, "bail-vary", out.pk, **facts).status_code == 302
    with looking(lawyer):
        bail, before = BailOrder.objects.get(), BailVariation.objects.get()
    assert (bail.conditions, bail.surety_low) == (["daily"], 500)
    assert (before.conditions_before, before.surety_before_low) == (["weekly"], 1)
    assert len(events("bail.vary")) == 1
    assert "before: weekly" in client.get(reverse("prosecutions:bail-detail", args=[out.pk])).content.decode()


def test_notice_is_given_on_a_day_or_not_needed_for_a_reason(client, out, lawyer, look):
    assert errors(post(client, lawyer, "bail-notice", out.pk, notice="given", version=1), "notice_on")
    assert errors(
        post(client, lawyer, "bail-notice", out.pk, notice="not_required", version=1), "notice_note"
    )
    facts = {"notice": "given", "notice_on": "2026-04-01", "version": 1}
    assert post(client, lawyer, "bail-notice", out.pk, **facts).status_code == 302
    assert look(lawyer, BailOrder, pk=out.pk).notice == "given"


def test_a_new_offence_is_recorded_against_the_bail(client, case, out, lawyer, look, events):
    before = post(client, lawyer, "bail-reoffend", out.pk, reoffended_on="2026-04-01", version=1)
    assert errors(before, "reoffended_on") == "This is before the beginning."
    facts = {"reoffended_on": "2026-05-01", "reoffended_case": "TST-NEW", "version": 1}
    assert post(client, lawyer, "bail-reoffend", out.pk, **facts).status_code == 302
    row = look(lawyer, BailOrder, pk=out.pk)
    assert (row.reoffended, row.reoffended_case) == (True, "TST-NEW")
    assert len(events("bail.reoffend")) == 1
    asked = BailOrderMake(case=case)
    assert errors(post(client, lawyer, "bail-reoffend", asked.pk, version=1), "reoffended_on")


@time_machine.travel(NOW, tick=False)
def test_where_she_is_and_how_old_the_answer_is_stands_on_every_page(
    client, case, accused, out, lawyer, looking
):
    StatusCheckMake(case=case, accused=accused, status="at_liberty", on=date(2026, 11, 1), how="police")
    pages = [
        reverse("prosecutions:bail-list"),
        reverse("prosecutions:bail-detail", args=[out.pk]),
        reverse("prosecutions:accused-detail", args=[accused.pk]),
    ]
    client.force_login(lawyer)
    for page in pages:
        text = client.get(page).content.decode()
        assert "19 days ago" in text
        assert "Make sure again" in text
    assert "Confirmed: 19 days ago" in client.get(reverse("prosecutions:accused-list")).content.decode()
    future = post(client, lawyer, "status-confirm", accused.pk, status="unknown", how="seen", on="2026-11-21")
    assert errors(future, "on") == "This date is in the future."
    facts = {"status": "at_liberty", "how": "seen", "at": "Market", "board": "1"}
    done = post(client, lawyer, "status-confirm", accused.pk, **facts)
    assert done["Location"] == reverse("prosecutions:bail-list")
    with looking(lawyer):
        assert StatusCheck.objects.filter(on=date(2026, 11, 20), by=lawyer).exists()
    for page in pages:
        assert "Make sure again" not in client.get(page).content.decode()


def test_custody_moves_to_another_place_and_an_end_says_how(client, case, accused, lawyer, look):
    custody = CustodyMake(case=case, accused=accused, starts_on="2026-04-01", at="Old jail")
    moved = post(client, lawyer, "custody-transfer", custody.pk, at="New jail", how="prison", version=1)
    assert moved.status_code == 302
    facts = {"how": "escaped", "ends_on": "2026-05-01", "version": 2}
    assert post(client, lawyer, "custody-end", custody.pk, **facts).status_code == 302
    row = look(lawyer, type(custody), pk=custody.pk)
    assert (row.at, row.ends_on, row.how_ended) == ("New jail", "2026-05-01", "escaped")
    text = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    assert "Escaped" in text
    assert "Custody ended: Escaped" in text
    over = post(client, lawyer, "custody-transfer", custody.pk, at="Third jail", how="prison", version=3)
    assert errors(over, "at") == "This spell in custody is over already."


def on_the_board(client, **asked):
    page = client.get(reverse("prosecutions:bail-list"), asked).context["page"]
    return [person.called for person in page]


@time_machine.travel(NOW, tick=False)
def test_the_board_holds_whoever_waits_and_its_filters_and_orders_work(client, case, lawyer):
    def named(name):
        return AccusedMake(case=case, name=name)

    live = {"status": "GRANTED", "decided_on": "2026-01-02", "released_on": "2026-01-03"}
    old = BailOrderMake(case=case, accused=named("Out"), **live)
    BailConditionMake(case=case, bail=old, rhythm="weekly", weekday=0, next_on=MONDAY)
    StatusCheckMake(case=case, accused=old.accused, on=date(2026, 11, 19))
    BailOrderMake(
        case=case, accused=named("Appeals"), kind="pending_appeal", **live | {"released_on": "2026-02-01"}
    )
    BailOrderMake(case=case, accused=named("Asks"))
    held = named("Held")
    CustodyMake(case=case, accused=held, starts_on="2026-10-01")
    clock = ClockMake(case=case, accused=held, due_at=NOW + timedelta(days=3), due_on=date(2026, 11, 22))
    CustodyMake(case=case, accused=named("No clock"))
    client.force_login(lawyer)
    assert on_the_board(client) == ["Asks", "Out", "Appeals", "Held"]
    assert on_the_board(client, state="HELD") == ["Held"]
    assert on_the_board(client, kind="pending_appeal") == ["Appeals"]
    assert on_the_board(client, need="due") == ["Out"]
    assert on_the_board(client, need="answer") == ["Asks"]
    assert set(on_the_board(client, need="old")) == {"Appeals", "Asks", "Held"}
    assert on_the_board(client, sort="out")[:2] == ["Out", "Appeals"]
    assert on_the_board(client, sort="clock")[0] == "Held"
    assert on_the_board(client, sort="confirmed")[-1] == "Out"
    text = client.get(reverse("prosecutions:bail-list")).content.decode()
    assert "Pending appeal" in text
    assert clock.rule.name in text
    assert "2 days left" in text
    assert "50 days in custody" in text


def test_the_board_tells_of_earlier_bail_what_the_viewer_may_see(
    client, out, accused, director, other_office, office
):
    for where, number in ((office, "TST-SEEN"), (other_office, "TST-HIDDEN")):
        other = CaseMake(office=where, number=number)
        same = AccusedMake(case=other, perpetrator=accused.perpetrator)
        went_wrong = {"reoffended": True, "reoffended_on": "2014-05", "ended": "cancelled"}
        earlier = BailOrderMake(case=other, accused=same, status="CANCELLED", decided_on="2014", **went_wrong)
        BailBreachMake(case=other, bail=earlier)
    client.force_login(director)
    text = client.get(reverse("prosecutions:bail-list")).content.decode()
    assert "a new offence followed (May 2014), 1 condition broken, cancelled" in text
    assert "TST-SEEN" in text
    assert "TST-HIDDEN" not in text


def test_thirty_rows_of_the_board_cost_as_many_queries_as_one(client, case, lawyer, db):
    def fill(number):
        for _ in range(number):
            accused = AccusedMake(case=case)
            proceeding = PartyMake(case=case, accused=accused).proceeding
            bail = BailOrderMake(
                case=case, accused=accused, proceeding=proceeding, status="GRANTED", decided_on="2026"
            )
            BailConditionMake(case=case, bail=bail, next_on=MONDAY, rhythm="once")
            StatusCheckMake(case=case, accused=accused)
            ClockMake(case=case, accused=accused, due_at=NOW, due_on=MONDAY)
            earlier = AccusedMake(case=CaseMake(office=case.office), perpetrator=accused.perpetrator)
            BailOrderMake(case=earlier.case, accused=earlier, status="ENDED", decided_on="2014")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("prosecutions:bail-list")).status_code == 200
        return len(asked)

    client.force_login(lawyer)
    fill(1)
    cost()
    one = cost()
    fill(29)
    assert cost() == one
