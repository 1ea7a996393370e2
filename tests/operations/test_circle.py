"""A planned operation is known to its circle alone, under both locks, and nothing else tells of it."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Case
from cases.states import IllegalMove
from operations import actions
from operations.models import (
    Headcount,
    Insider,
    InsiderApproval,
    Operation,
    OperationAsset,
    OperationSite,
    OperationTally,
)
from survivors.models import MissingPerson
from tests.factories import (
    InsiderMake,
    OperationMake,
)
from tests.operations.circles import address, rows_of
from tests.people import just_confirmed

TABLES = (
    Operation, OperationSite, OperationAsset, OperationTally, Headcount, Insider, InsiderApproval,
    MissingPerson,
)  # fmt: skip
LIST = reverse("operations:operation-list")
NAME_HERSELF = """
INSERT INTO operations_insider (id, case_id, office_id, sensitivity, version, created_at, updated_at,
                                operation_id, user_id, named_by_id, reason, leads, needs_two, started_at)
VALUES (gen_random_uuid(), %s, %s, 0, 1, now(), now(), %s, %s, %s, '', false, false, now())
"""


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_both_locks_show_a_plan_to_its_circle_alone(
    plan, model, alice, legal_lead, lawyer, director, charlie
):
    for insider in (alice, legal_lead):
        manager, raw = rows_of(insider, model)
        assert manager == raw > 0
    for outsider in (lawyer, director, charlie):
        assert rows_of(outsider, model) == (0, 0)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_what_was_carried_out_opens_to_the_case_and_what_was_called_off_does_not(plan, model, alice, lawyer):
    now = timezone.now()
    with viewing_as(alice):
        actions.cancel_operation(plan.pk, by=alice, now=now)
    assert rows_of(lawyer, model) == (0, 0)
    assert rows_of(alice, model)[1] > 0


def test_it_opens_when_it_was_carried_out_and_takes_its_place_in_the_row(plan, alice, lawyer):
    with viewing_as(alice):
        done = actions.record_operation(
            plan.pk, by=alice, now=timezone.now(), on="2026-03-10", outcome="success"
        )
    assert done.key == "o1"
    for model in TABLES:
        manager, raw = rows_of(lawyer, model)
        assert manager == raw > 0


def test_nobody_names_herself_by_sql(plan, case, lawyer):
    herself = [case.pk, case.office_id, plan.pk, lawyer.pk, lawyer.pk]
    with viewing_as(lawyer), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(NAME_HERSELF, herself)
        cursor.execute("UPDATE operations_operation SET status = 'done', outcome = 'failed'")
        assert cursor.rowcount == 0


def test_the_pages_of_the_case_tell_an_outsider_nothing(client, plan, case, lawyer, director, alice):
    """Not a word of it, wherever an operation could have been told of."""
    canaries = (plan.key, str(plan.pk), "canary", "2031", "04:45", "17 May")
    survivors = f"{reverse('survivors:survivor-list')}?case={case.pk}"
    addresses = [
        reverse("desk:home"), reverse("desk:case-page", args=[case.pk]), f"{LIST}?case={case.pk}", LIST,
        f"{LIST}?status=planned", reverse("cases:case-trail", args=[case.pk]), survivors,
        reverse("prosecutions:arrest-record", args=[case.pk]),
        reverse("operations:headcount-add", args=[case.pk]), reverse("cases:case-list"),
        reverse("operations:operation-add", args=[case.pk]), reverse("dashboards:dashboard"),
    ]  # fmt: skip
    just_confirmed(client, alice)
    client.get(plan.get_absolute_url())  # a line for the trail that must not show
    for person in (lawyer, director):
        just_confirmed(client, person)
        for page in addresses:
            text = client.get(page).content.decode()
            assert [word for word in canaries if word in text] == [], page
        found = client.post(reverse("desk:search"), {"q": "canary"}).content.decode()
        assert "plan-c4n4ry" not in found
        assert "operation.open" not in text


def test_a_plan_is_not_there_as_something_that_never_was_is_not_there(client, plan, director):
    just_confirmed(client, director)
    never = uuid.uuid4()
    for name in (
        "operation-detail", "operation-record", "operation-edit", "operation-cancel", "operation-approve",
        "operation-open", "operation-knew", "operation-schedule", "insider-add", "site-add",
    ):  # fmt: skip
        there = client.get(address(name, plan))
        nowhere = client.get(reverse(f"operations:{name}", args=[never]))
        assert there.status_code == nowhere.status_code == 404
        assert len(there.content) == len(nowhere.content)


def test_a_plan_moves_no_case_to_the_top_and_takes_no_key_from_the_row(client, case, alice, director):
    before = case.touched_at
    with viewing_as(alice):
        plan = actions.plan_operation(
            case.pk, by=alice, now=timezone.now(), purpose="relief", on="2031-05-17"
        )
        actions.edit_operation(plan.pk, by=alice, now=timezone.now(), purpose="arrest")
        actions.name_insider(plan.pk, by=alice, now=timezone.now(), user=director)
        actions.cancel_operation(plan.pk, by=alice, now=timezone.now())
        assert Case.objects.get(pk=case.pk).touched_at == before
    facts = {"purpose": "relief", "outcome": "success", "on": "2026-03-10"}
    with viewing_as(alice):
        done = actions.add_operation(case.pk, by=alice, now=timezone.now(), **facts)
    assert (plan.key[:5], done.key) == ("plan-", "o1")


def test_the_details_are_covered_and_each_opening_is_on_record(client, plan, alice):
    just_confirmed(client, alice)
    covered = ("17 May 2031", "04:45", "Bar Azul", "canary-plan")
    for name in ("operation-detail", "operation-open", "operation-record", "operation-schedule"):
        page = client.get(address(name, plan)).content.decode()
        assert [word for word in covered if word in page] == []
    for what, word in zip(("date", "time", "place", "plan"), covered, strict=True):
        page = client.post(address("operation-open", plan), {"what": what}).content.decode()
        assert [shown for shown in covered if shown in page] == [word]
        event = Event.objects.filter(verb="operation.open").latest("id")
        assert (event.detail["what"], event.actor_id) == (what, alice.pk)
        assert event.detail["code"] in page
        assert alice.name in page
    assert "no-store" in client.get(address("operation-open", plan))["Cache-Control"]


def test_a_wrong_question_shows_nothing_and_a_detail_nobody_wrote_says_so(client, case, plan, alice):
    just_confirmed(client, alice)
    page = client.post(address("operation-open", plan), {"what": "everything"}).content.decode()
    assert "17 May 2031" not in page
    bare = OperationMake(case=case, status="planned", outcome="", on="", insiders=[alice])
    assert (
        "Nothing is written down yet."
        in client.post(address("operation-open", bare), {"what": "date"}).content.decode()
    )
    done = OperationMake(case=case)
    assert client.get(address("operation-open", done))["Location"] == done.get_absolute_url()
    with viewing_as(alice), pytest.raises(IllegalMove, match="nothing of this kind"):
        actions.open_operation(plan.pk, by=alice, now=timezone.now(), what="moon")


def test_the_lists_of_the_circle_show_no_day_either(client, case, plan, alice):
    just_confirmed(client, alice)
    page = client.get(LIST, {"case": case.pk}).content.decode()
    assert "Named people only" in page
    timeline = client.get(reverse("desk:case-page", args=[case.pk])).content.decode()
    record = client.get(reverse("survivors:survivor-list"), {"case": case.pk}).content.decode()
    for text in (page, timeline, record):
        assert "May 2031" not in text


def test_to_open_the_form_of_a_plan_is_to_have_read_it(client, plan, alice):
    just_confirmed(client, alice)
    page = client.get(address("operation-edit", plan)).content.decode()
    assert "canary-plan" in page
    assert "2031" not in page
    assert Event.objects.get(verb="operation.open").detail["what"] == "plan"
    moved = {"day": "2031-06-01", "clock": "05:00", "version": 1}
    assert client.post(address("operation-schedule", plan), moved).status_code == 302
    with viewing_as(alice):
        assert str(Operation.objects.get().on) == "2031-06-01"
    assert client.post(address("operation-schedule", plan), {**moved, "version": 1}).status_code == 409
    assert "This field is required" in client.post(address("operation-schedule", plan), {}).content.decode()


def test_only_a_plan_has_a_day_to_move(case, alice):
    done = OperationMake(case=case)
    with viewing_as(alice), pytest.raises(IllegalMove, match="Only a plan"):
        actions.schedule_operation(done.pk, by=alice, now=timezone.now(), day="2031-06-01")


def test_whoever_plans_names_others_and_they_see_it_at_once(client, case, alice, lawyer, director):
    just_confirmed(client, alice)
    sent = {"purpose": "relief", "on": "2031-05-17"}
    where = client.post(reverse("operations:operation-plan", args=[case.pk]), sent)["Location"]
    with viewing_as(alice):
        plan = Operation.objects.get()
    assert where == plan.get_absolute_url()
    assert "Who else has to know?" in client.get(address("insider-add", plan)).content.decode()
    answer = client.post(address("insider-add", plan), {"user": lawyer.pk, "reason": "drives"})
    assert answer["Location"] == where
    again = client.post(address("insider-add", plan), {"user": lawyer.pk})
    assert again.status_code == 422  # she is no choice any more
    assert "drives" in client.get(where).content.decode()
    just_confirmed(client, lawyer)
    assert client.get(where).status_code == 200
    assert client.get(address("insider-add", plan)).status_code == 403
    just_confirmed(client, director)
    assert client.get(where).status_code == 404
    events = Event.objects.filter(verb="insider.add").order_by("id")
    assert [(event.detail["user"], event.detail["two"]) for event in events] == [
        (str(alice.pk), False), (str(lawyer.pk), False),
    ]  # fmt: skip


def test_who_may_not_see_operations_or_the_case_is_not_named(plan, alice, social_worker, charlie, legal_lead):
    for person in (social_worker, charlie, legal_lead):
        with viewing_as(alice), pytest.raises(IllegalMove, match="may not see operations"):
            actions.name_insider(plan.pk, by=alice, now=timezone.now(), user=person)


def test_nobody_joins_what_is_over(case, alice, lawyer):
    done = OperationMake(case=case, insiders=[alice])
    with viewing_as(alice), pytest.raises(IllegalMove, match="while it is planned"):
        actions.name_insider(done.pk, by=alice, now=timezone.now(), user=lawyer)


def test_somebody_leaves_the_circle_but_whoever_leads_stays(client, plan, alice, legal_lead):
    with viewing_as(alice):
        hers, leads = Insider.objects.get(user=legal_lead), Insider.objects.get(user=alice)
    just_confirmed(client, legal_lead)
    assert client.get(address("insider-end", hers)).status_code == 403
    just_confirmed(client, alice)
    assert "out of the circle" in client.get(address("insider-end", hers)).content.decode()
    assert client.post(address("insider-end", hers)).status_code == 302
    assert rows_of(legal_lead, Operation) == (0, 0)
    assert "left the circle already" in client.post(address("insider-end", hers)).content.decode()
    assert "stays in its circle" in client.post(address("insider-end", leads)).content.decode()
    assert Event.objects.get(verb="insider.end").detail == {"user": str(legal_lead.pk)}


def test_an_attempt_after_a_plan_called_off_does_not_tell_of_it(client, case, alice, lawyer):
    off = OperationMake(case=case, key="o77777", status="cancelled", outcome="", insiders=[alice])
    done = OperationMake(case=case, follows=off)
    for person, told in ((alice, True), (lawyer, False)):
        just_confirmed(client, person)
        assert ("o77777" in client.get(done.get_absolute_url()).content.decode()) is told
        assert ("after o77777" in client.get(LIST, {"case": case.pk}).content.decode()) is told
    just_confirmed(client, alice)
    with viewing_as(lawyer):
        assert Operation.objects.get().follows_id == off.pk
    InsiderMake(operation=off, case=case, user=lawyer, ended_at=timezone.now())
    assert client.get(address("operation-edit", done)).status_code == 200


def test_nobody_is_counted_or_arrested_by_a_plan(case, plan, alice):
    facts = {"label": "x", "what": "found", "people": "5"}
    with viewing_as(alice), pytest.raises(IllegalMove, match="Record the outcome"):
        actions.add_headcount(case.pk, by=alice, now=timezone.now(), operation=plan, **facts)


def test_the_database_shows_the_events_of_a_plan_to_its_circle_alone(plan, alice, legal_lead, director):
    """A director reads the trail of the case and reviews her people, and nothing of a plan, by SQL either."""
    with viewing_as(alice):
        actions.open_operation(plan.pk, by=alice, now=timezone.now(), what="date")
    for person, seen in ((alice, 1), (legal_lead, 1), (director, 0)):
        with viewing_as(person):
            assert Event.objects.filter(verb="operation.open").count() == seen


def test_a_key_that_a_file_gave_to_a_plan_is_not_given_again(case, alice, lawyer):
    """The unique key would tell of the plan by refusing."""
    OperationMake(case=case, key="o1")
    OperationMake(case=case, key="o2", status="planned", outcome="")
    facts = {"purpose": "relief", "outcome": "success", "on": "2026-03-10"}
    with viewing_as(alice):
        done = actions.add_operation(case.pk, by=alice, now=timezone.now(), **facts)
    assert done.key == "o3"
