"""Attempts to free people, and what stands around them."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Case
from cases.states import IllegalMove
from operations import actions
from operations.models import Headcount, Investigation, Lookout, Operation, OperationSite, Venue
from tests.factories import (
    HeadcountMake,
    LookoutMake,
    OperationMake,
    OperationSiteMake,
    SurvivorMake,
    VenueMake,
)

LIST = reverse("operations:operation-list")
ADDS = {
    "operation-plan": (Operation, "operation.plan", {"purpose": "relief", "on": "2990-01-01"}),
    "operation-add": (
        Operation,
        "operation.record",
        {"purpose": "relief", "outcome": "success", "on": "2026-03-10", "people": "7..10", "relieved": "7"},
    ),
    "venue-add": (Venue, "venue.add", {"kind": "bar", "name": "Bar Azul", "country": "ph"}),
    "headcount-add": (Headcount, "headcount.add", {"label": "the men", "what": "found", "people": "230"}),
    "investigation-add": (Investigation, "investigation.add", {"starts_on": "2025-01", "months": "14"}),
    "lookout-send": (Lookout, "lookout.send", {"to_agency": "police", "why": "she may be sold on"}),
}


def address(name, row):
    return reverse(f"operations:{name}", args=[row.pk])


def send(client, user, name, row, **facts):
    client.force_login(user)
    return client.post(address(name, row), facts)


def again(operation, user):
    with viewing_as(user):
        return Operation.objects.get(pk=operation.pk)


@pytest.mark.parametrize("name", ADDS)
def test_outside_the_need_to_know_404_and_without_the_verb_403(client, case, charlie, lawyer, name):
    client.force_login(charlie)
    assert client.get(address(name, case)).status_code == 404
    assert client.post(address(name, case), ADDS[name][2]).status_code == 404
    client.force_login(lawyer)
    assert client.get(address(name, case)).status_code == 403


@pytest.mark.parametrize("name", ADDS)
def test_a_double_click_adds_one_record_and_leaves_one_trace(client, case, alice, name):
    model, verb, facts = ADDS[name]
    client.force_login(alice)
    assert client.get(address(name, case)).status_code == 200
    facts = {**facts, "idempotency_key": str(uuid.uuid4())}
    for _press in range(2):
        assert client.post(address(name, case), facts).status_code == 302
    with viewing_as(alice):
        row = model.objects.get()
        shown = Case.objects.get(pk=case.pk).touched_at > case.touched_at
    assert shown is (name != "operation-plan")  # a plan does not bring the case to the top
    event = Event.objects.get(verb=verb)
    assert (event.subject_id, event.case_id) == (str(row.pk), case.pk)


@pytest.mark.parametrize(
    ("name", "facts", "sentence"),
    [
        ("operation-plan", {}, "This field is required"),
        ("operation-plan", {"purpose": "relief", "on": "soon"}, "Write the date as 2017"),
        ("operation-add", {"purpose": "relief", "outcome": "failed", "on": "2026"}, "Say why it failed."),
        ("operation-add", {"purpose": "relief", "outcome": "success"}, "This field is required"),
        ("operation-add", {"purpose": "relief", "outcome": "success", "on": "2990"}, "has not come yet"),
        (
            "operation-add",
            {"purpose": "relief", "outcome": "success", "on": "2026", "failure": "tip_off"},
            "A success has no reason",
        ),
        (
            "operation-add",
            {"purpose": "relief", "outcome": "success", "on": "2026", "people": "10", "children": "11"},
            "more than the number it is a part of",
        ),
        ("operation-add", {"purpose": "relief", "outcome": "success", "people": "many"}, "Write a number"),
        ("venue-add", {"kind": "bar", "country": "12"}, "two letters"),
        ("venue-add", {"kind": "bar", "opened_on": "2020", "closed_on": "2019"}, "The end lies before"),
        ("headcount-add", {"label": "x", "what": "found"}, "Give at least one number."),
        ("investigation-add", {"starts_on": "2020", "ends_on": "2019"}, "The end lies before"),
        ("lookout-send", {"why": "x"}, "one of the two"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_saved(client, case, alice, name, facts, sentence):
    response = send(client, alice, name, case, **facts)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with viewing_as(alice):
        assert not ADDS[name][0].objects.exists()
    assert not Event.objects.exists()


def test_a_failed_attempt_and_the_one_that_follows_it(client, case, alice):
    facts = {"purpose": "relief", "outcome": "failed", "failure": "victim_fled", "on": "2026-02-01"}
    send(client, alice, "operation-add", case, **facts)
    with viewing_as(alice):
        first = Operation.objects.get()
    assert (first.key, first.attempt, first.status, first.failure) == ("o1", 1, "done", "victim_fled")
    assert Event.objects.get().detail == {"outcome": "failed", "failure": "victim_fled"}
    send(client, alice, "operation-plan", case, purpose="relief", follows=first.pk)
    with viewing_as(alice):
        second = Operation.objects.get(status="planned")
    assert (second.attempt, second.follows_id, second.status) == (2, first.pk, "planned")
    page = client.get(first.get_absolute_url()).content.decode()
    assert "Followed by" in page
    assert "Victim fled" in page


def test_the_trail_names_an_operation_by_its_key(client, case, alice, director):
    send(client, alice, "operation-plan", case, purpose="relief")
    client.force_login(director)
    page = client.get(reverse("cases:case-trail", args=[case.pk])).content.decode()
    assert "planned an operation" not in page
    with viewing_as(alice):
        plan = Operation.objects.get()
    send(client, alice, "operation-record", plan, outcome="success", day="2026-03-10")
    client.force_login(director)
    page = client.get(reverse("cases:case-trail", args=[case.pk])).content.decode()
    assert "planned an operation" in page
    assert "· o1" in page


def test_the_outcome_of_a_plan_is_recorded_once(client, case, alice):
    plan = OperationMake(case=case, insiders=[alice], status="planned", outcome="", on="2026-03-10")
    client.force_login(alice)
    page = client.get(address("operation-record", plan)).content.decode()
    assert "What came of it?" in page
    facts = {
        "outcome": "partial",
        "failure": "suspect_absent",
        "people": "12",
        "children": "..4",
        "version": 1,
    }
    assert send(client, alice, "operation-record", plan, **facts)["Location"] == plan.get_absolute_url()
    done = again(plan, alice)
    assert (done.status, done.outcome, done.on, done.people) == ("done", "partial", "2026-03-10", "12")
    assert done.version == 2
    late = send(client, alice, "operation-record", plan, **{**facts, "version": 2})
    assert late.status_code == 422
    assert "cannot go from Done to Done" in late.content.decode()
    assert Event.objects.filter(verb="operation.record").count() == 1


def test_two_people_who_record_at_once_see_both_versions(client, case, alice):
    plan = OperationMake(case=case, insiders=[alice], status="planned", outcome="")
    send(client, alice, "operation-edit", plan, purpose="arrest", on="2026-03-11", version=1, people="5")
    response = send(
        client, alice, "operation-record", plan, outcome="success", day="2026-03-10", version=1, people="7"
    )
    assert response.status_code == 409
    assert "What is saved now" in response.content.decode()
    assert again(plan, alice).status == "planned"


def test_what_was_recorded_can_be_put_right(client, case, alice):
    done = OperationMake(case=case)
    earlier = OperationMake(case=case)
    facts = {
        "purpose": "relief",
        "outcome": "partial",
        "on": "2026-03-10",
        "follows": earlier.pk,
        "people": "9~",
    }
    client.force_login(alice)
    assert client.get(address("operation-edit", done)).status_code == 200
    assert send(client, alice, "operation-edit", done, **facts).status_code == 302
    fixed = again(done, alice)
    assert (fixed.outcome, fixed.people, fixed.follows_id, fixed.version) == ("partial", "9~", earlier.pk, 2)
    response = send(client, alice, "operation-edit", done, **{**facts, "outcome": "failed"})
    assert "Say why it failed." in response.content.decode()
    assert Event.objects.get().verb == "operation.edit"


def test_a_plan_has_no_outcome_to_put_right(client, case, alice):
    plan = OperationMake(case=case, insiders=[alice], status="planned", outcome="")
    send(client, alice, "operation-edit", plan, purpose="arrest")
    assert (again(plan, alice).purpose, again(plan, alice).outcome) == ("arrest", "")


def test_a_plan_is_cancelled_and_says_why(client, case, alice):
    plan = OperationMake(case=case, insiders=[alice], status="planned", outcome="", note="At dawn")
    client.force_login(alice)
    assert client.get(address("operation-cancel", plan)).status_code == 200
    assert send(client, alice, "operation-cancel", plan, note="Weather", version=1).status_code == 302
    assert (again(plan, alice).status, again(plan, alice).note) == ("cancelled", "At dawn\nWeather")
    assert send(client, alice, "operation-cancel", plan).status_code == 422
    assert Event.objects.filter(verb="operation.cancel").count() == 1


def test_several_sites_stand_under_one_operation(client, case, alice):
    operation = OperationMake(case=case)
    VenueMake(case=case, name="Bar Azul")
    second = VenueMake(case=case)
    elsewhere = VenueMake()
    client.force_login(alice)
    assert "Bar Azul" in client.get(address("site-add", operation)).content.decode()
    assert send(client, alice, "site-add", operation, venue=elsewhere.pk).status_code == 422
    assert (
        send(client, alice, "site-add", operation, venue=second.pk, people="5", arrested="1").status_code
        == 302
    )
    with viewing_as(alice):
        assert OperationSite.objects.get().people == "5"
        with pytest.raises(IllegalMove, match="another case"):
            actions.add_site(operation.pk, by=alice, now=timezone.now(), venue=elsewhere)
    page = client.get(operation.get_absolute_url()).content.decode()
    assert second.get_kind_display() in page


def test_what_belongs_to_another_case_is_refused(case, alice):
    elsewhere = OperationMake()
    now = timezone.now()
    facts = {"label": "x", "what": "found", "people": "5"}
    with viewing_as(alice):
        with pytest.raises(IllegalMove, match="another case"):
            actions.add_headcount(case.pk, by=alice, now=now, operation=elsewhere, **facts)
        with pytest.raises(IllegalMove, match="earlier attempt of this case"):
            actions.plan_operation(case.pk, by=alice, now=now, purpose="relief", follows=elsewhere)
        with pytest.raises(IllegalMove, match="how it ended"):
            actions.add_operation(case.pk, by=alice, now=now, purpose="relief", outcome="", on="2026")
        with pytest.raises(TypeError, match="moon"):
            actions.plan_operation(case.pk, by=alice, now=now, purpose="relief", moon="full")


def test_a_lookout_goes_to_another_office_and_is_closed(client, case, alice, other_office, charlie):
    SurvivorMake(case=case, key="s1", pseudonym="Maya")
    send(client, alice, "lookout-send", case, to_office=other_office.pk, about=["s1"])
    with viewing_as(alice):
        lookout = Lookout.objects.get()
    assert (lookout.to_office_id, lookout.about) == (other_office.pk, ["s1"])
    assert Event.objects.get().detail == {"office": other_office.pk}
    page = client.get(LIST, {"case": case.pk}).content.decode()
    assert "Accra" in page
    assert "Maya" in page
    assert send(client, charlie, "lookout-close", lookout, result="not_found").status_code == 404
    client.force_login(alice)
    assert client.get(address("lookout-close", lookout)).status_code == 200
    early = send(client, alice, "lookout-close", lookout, result="not_found", closed_on="1999")
    assert "The end lies before" in early.content.decode()
    assert (
        send(client, alice, "lookout-close", lookout, result="found_here", note="at home").status_code == 302
    )
    with viewing_as(alice):
        closed = Lookout.objects.get()
    now = timezone.now()
    with viewing_as(alice), pytest.raises(IllegalMove, match="closed already"):
        actions.close_lookout(lookout.pk, by=alice, now=now, result="not_found")
    assert (closed.result, closed.note) == ("found_here", "at home")


def test_the_page_of_an_operation_shows_its_numbers(client, case, lawyer):
    operation = OperationMake(case=case, people="7..10", arrested="2", note="At dawn", care_on_site=["meals"])
    OperationSiteMake(operation=operation, case=case, people="4~")
    client.force_login(lawyer)
    page = client.get(operation.get_absolute_url()).content.decode()
    for words in ("7 to 10", "about 4", "At dawn", "Meals"):
        assert words in page
    assert address("operation-edit", operation) not in page


def test_a_plan_without_a_day_needs_one_when_it_is_over(client, case, alice):
    plan = OperationMake(case=case, insiders=[alice], status="planned", outcome="", on="")
    response = send(client, alice, "operation-record", plan, outcome="success")
    assert response.status_code == 422
    assert "Say on which day it was." in response.content.decode()


def test_a_lookout_ends_in_some_way(case, alice):
    lookout = LookoutMake(case=case)
    with viewing_as(alice), pytest.raises(IllegalMove, match="Say how it ended"):
        actions.close_lookout(lookout.pk, by=alice, now=timezone.now(), result="")


def test_operations_of_hidden_cases_do_not_exist(client, case, charlie, alice, social_worker):
    operation = OperationMake(case=case)
    client.force_login(charlie)
    for name in ("operation-detail", "operation-record", "operation-edit", "operation-cancel", "site-add"):
        assert client.get(address(name, operation)).status_code == 404
    assert client.get(LIST, {"case": case.pk}).status_code == 404
    assert "No operations yet" in client.get(LIST).content.decode()
    client.force_login(social_worker)
    assert client.get(operation.get_absolute_url()).status_code == 403


def test_the_list_shows_what_the_person_may_know_and_filters_narrow_it(client, case, alice, lawyer):
    OperationMake(case=case, key="o7", purpose="arrest", outcome="failed", failure="tip_off", people="3")
    OperationMake(case=case, key="o8", purpose="search", relieved="5", arrested="2")
    OperationMake(case=case, insiders=[alice], status="cancelled", outcome="", purpose="inspection")
    OperationMake(purpose="interception")
    client.force_login(lawyer)
    page = client.get(LIST).content.decode()
    rows = page[page.index('id="attempts"') :]
    assert "Tip off" in rows
    assert "relieved: 5" in rows
    assert "Interception" not in rows
    failed = client.get(LIST, {"outcome": "failed"}).content.decode()
    assert "o7" in failed
    assert "o8" not in failed
    inside = client.get(LIST, {"case": case.pk}).content.decode()
    assert address("operation-plan", case) not in inside
    assert "o8" in client.get(LIST, {"status": "nonsense"}).content.decode()


def test_the_page_of_a_case_shows_what_stands_around(client, case, alice):
    HeadcountMake(case=case, label="the children of the kiln")
    VenueMake(case=case, name="Bar Azul", closed_on="2025", locality="Cebu")
    LookoutMake(case=case, result="not_found")
    client.force_login(alice)
    page = client.get(LIST, {"case": case.pk}).content.decode()
    for words in ("the children of the kiln", "Bar Azul", "closed 2025", "Not found"):
        assert words in page


def test_three_rows_cost_as_many_queries_as_one(client, case, alice):
    def one_more():
        operation = OperationMake(case=case)
        OperationSiteMake(operation=operation, case=case)
        HeadcountMake(case=case, operation=operation)
        LookoutMake(case=case)

    client.force_login(alice)
    one_more()
    for query in ({}, {"case": case.pk}):
        client.get(LIST, query)
        with CaptureQueriesContext(connection) as one:
            client.get(LIST, query)
        one_more()
        one_more()
        with CaptureQueriesContext(connection) as three:
            client.get(LIST, query)
        assert len(one) == len(three)
