"""The board of clocks, the page of one with its sum, and what people may do to it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scope import system_access, viewing_as
from law.models import ClockRule
from prosecutions import actions
from prosecutions.models import Clock, CourtEvent
from tests.factories import AccusedMake, CaseMake, ClockMake, CustodyMake, OfficeMake, SurvivorMake
from tests.people import on_case, person


@pytest.fixture
def kolkata(db):
    office = OfficeMake(key="kolkata", country="IN", time_zone="Asia/Kolkata", currency="INR")
    return CaseMake(office=office, casework_type="sex_trafficking")


@pytest.fixture
def counsel(kolkata):
    return on_case(person("lawyer", kolkata.office, name="Bela"), kolkata, "lawyer")


@pytest.fixture
def held(kolkata, counsel):
    """Somebody in custody for 55 days, as a lawyer wrote it down."""
    accused = AccusedMake(case=kolkata, name="Rekha Devi")
    now = timezone.now()
    since = (now - timedelta(days=55)).date().isoformat()
    with viewing_as(counsel):
        actions.start_custody(accused.pk, by=counsel, now=now, kind="remand", starts_on=since)
    return accused


def default_bail(case):
    with system_access("loader", "a test looks"):
        return Clock.objects.select_related("rule").get(case=case, rule__code="IN-default-bail-60")


def text(answer):
    return answer.content.decode()


def test_the_board_says_what_is_left_and_what_happens_then(client, kolkata, counsel, held):
    client.force_login(counsel)
    shown = text(client.get(reverse("prosecutions:clock-list")))
    assert "4 days left" in shown
    assert "Rekha Devi" in shown
    assert "Until the offence is known" in shown
    assert "Then: " in shown
    for page in (
        reverse("prosecutions:accused-detail", args=[held.pk]),
        reverse("desk:case-page", args=[kolkata.pk]),
        reverse("desk:home"),
        reverse("prosecutions:clock-list", query={"show": "week", "mine": "1", "case": kolkata.pk}),
    ):
        assert "4 days left" in text(client.get(page)), page
    assert "4 days left" not in text(client.get(reverse("prosecutions:clock-list", query={"show": "passed"})))


def test_the_filter_can_be_cleared_once_it_narrows_and_the_case_stays(client, kolkata, counsel):
    client.force_login(counsel)
    of_case = {"case": str(kolkata.pk)}
    assert "Clear filters" not in text(client.get(reverse("prosecutions:clock-list", query=of_case)))
    narrowed = text(client.get(reverse("prosecutions:clock-list", query=of_case | {"mine": "1"})))
    assert reverse("prosecutions:clock-list", query=of_case) + '">Clear filters' in narrowed


def test_nobody_sees_a_clock_of_a_case_that_is_not_hers(client, kolkata, held, charlie):
    client.force_login(charlie)
    assert "Rekha" not in text(client.get(reverse("prosecutions:clock-list")))
    row = default_bail(kolkata)
    for name in ("clock-detail", "clock-extend", "clock-set-aside", "clock-take-back"):
        assert client.get(reverse(f"prosecutions:{name}", args=[row.pk])).status_code == 404
    assert client.get(reverse("prosecutions:clock-start", args=[kolkata.pk])).status_code == 404
    assert client.get(reverse("prosecutions:step-record", args=[kolkata.pk])).status_code == 404


def test_the_board_asks_as_much_for_sixty_as_for_one(client, case, lawyer):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    address = reverse("prosecutions:clock-list")
    client.force_login(lawyer)
    ClockMake(case=case)
    client.get(address)
    one = cost()
    for _ in range(60):
        ClockMake(case=case)
    assert cost() == one


def test_the_page_of_a_clock_shows_its_sum_its_doubts_and_its_source(client, kolkata, counsel, held):
    client.force_login(counsel)
    row = default_bail(kolkata)
    shown = text(client.get(reverse("prosecutions:clock-detail", args=[row.pk])))
    for words in (
        "60 days", "The first day is counted.", "By the other reading", "Asia/Kolkata", "First remand order",
        "Charge sheet filed", "the earlier end is shown until it is", row.rule.source, row.rule.applies,
        reverse("prosecutions:accused-detail", args=[held.pk]),
    ):  # fmt: skip
        assert words in shown, words


def test_a_clock_is_extended_set_aside_and_taken_back_with_a_reason(client, kolkata, counsel, held, events):
    client.force_login(counsel)
    row = default_bail(kolkata)

    def press(name, **answers):
        return client.post(reverse(f"prosecutions:{name}", args=[row.pk]), answers)

    until = row.due_on + timedelta(days=30)
    assert press("clock-extend", until=row.due_on.isoformat(), why="x").status_code == 422
    assert press("clock-extend", until=until.isoformat(), why="").status_code == 422
    assert press("clock-extend", until=until.isoformat(), why="Order", order="CRR 12/26").status_code == 302
    assert default_bail(kolkata).due_on == until
    assert press("clock-set-aside", why="Charge sheet seen at court").status_code == 302
    assert default_bail(kolkata).state == "set_aside"
    assert press("clock-extend", until=until.isoformat(), why="Again").status_code == 422
    shown = text(client.get(reverse("prosecutions:clock-detail", args=[row.pk])))
    assert "Charge sheet seen at court" in shown
    assert "CRR 12/26" in shown
    assert press("clock-take-back", why="It was another case").status_code == 302
    again = default_bail(kolkata)
    assert (again.state, again.due_on, again.extended_until) == ("running", row.due_on, None)
    for verb in ("clock.extend", "clock.set_aside", "clock.take_back"):
        assert [event.actor_id for event in events(verb)] == [counsel.pk]


def test_a_page_that_was_open_too_long_shows_both_versions(client, kolkata, counsel, held):
    client.force_login(counsel)
    row = default_bail(kolkata)
    client.post(reverse("prosecutions:clock-set-aside", args=[row.pk]), {"why": "A"})
    client.post(reverse("prosecutions:clock-take-back", args=[row.pk]), {"why": "B"})
    late = client.post(
        reverse("prosecutions:clock-set-aside", args=[row.pk]), {"why": "C", "version": row.version}
    )
    assert late.status_code == 409


def test_a_step_that_a_person_writes_down_stops_the_clock(client, kolkata, counsel, held, events):
    client.force_login(counsel)
    address = reverse("prosecutions:step-record", args=[kolkata.pk])
    form = text(client.get(address, {"event": "charge_sheet_filed", "accused": held.pk}))
    assert "Stops a clock that runs" in form
    today = timezone.now().date()
    wrong = {"event": "charge_sheet_filed", "on": (today + timedelta(days=3)).isoformat()}
    assert client.post(address, wrong).status_code == 422
    vague = {"event": "arrest", "on": f"{today:%Y-%m}", "local_time": "10:00"}
    assert client.post(address, vague).status_code == 422
    yesterday = (today - timedelta(days=1)).isoformat()
    right = {"event": "charge_sheet_filed", "on": yesterday, "accused": held.pk}
    assert client.post(address, right).status_code == 302
    row = default_bail(kolkata)
    assert (row.state, row.ended_by) == ("stopped", "charge_sheet_filed")
    assert events("step.record")[0].detail == {"event": "charge_sheet_filed"}


def test_a_person_starts_what_records_do_not_tell_of(client, kolkata, counsel, events):
    survivor = SurvivorMake(case=kolkata)
    CustodyMake(case=kolkata)
    client.force_login(counsel)
    address = reverse("prosecutions:clock-start", args=[kolkata.pk])
    rule = ClockRule.objects.get(code="IN-victim-comp-60")
    began = (timezone.now() - timedelta(days=1)).date().isoformat()
    assert client.post(address, {"rule": rule.pk, "on": began, "accused": survivor.pk}).status_code == 422
    assert client.post(address, {"rule": rule.pk, "on": began}).status_code == 302
    with viewing_as(counsel):
        row = Clock.objects.get(rule=rule)
        assert (row.by_hand, row.survivor_id, row.state) == (True, survivor.pk, "running")
        assert row.due_on is not None
        assert not CourtEvent.objects.exists()
    assert client.post(address, {"rule": rule.pk, "on": began}).status_code == 422
    assert events("clock.start")[0].detail == {"rule": "IN-victim-comp-60"}
