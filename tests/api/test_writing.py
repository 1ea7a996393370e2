"""What integrators write through the API is written by the actions of the pages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.models import Event
from law.models import Jurisdiction, Reason
from tests.factories import (
    AccusedMake,
    BailOrderMake,
    CareMake,
    HearingMake,
    InstrumentMake,
    InstrumentPartMake,
    OperationMake,
    SurvivorMake,
)


@pytest.fixture
def today():
    return timezone.now().date()


def made(response, verb):
    """The record of a creation, which was written down under this verb."""
    assert response.status_code == 201, response.content
    assert Event.objects.filter(verb=verb, subject_id=response.json()["id"]).exists()
    return response.json()


def test_a_social_worker_writes_down_what_is_done_for_a_person(api, case, social_worker, today):
    client, care = api(social_worker), str(CareMake(case=case).pk)
    day = (today - timedelta(days=2)).isoformat()
    service = client.post(
        "services/", care=care, kind="medical", starts_on=day, cost="12.50", provider="Clinic"
    )
    assert made(service, "service.log")["cost_currency"] == "PHP"
    made(client.post("contacts/", care=care, way="call", reached=True), "contact.log")
    look = client.post("safety-checks/", care=care, safe="yes", risk="low", reason="routine")
    made(look, "safety.look")
    scores = client.post(
        "assessments/", care=care, on=day, reason="intake", scores={"safety": 3, "social_support": 2}
    )
    assert {one["domain"] for one in made(scores, "assessment.score")["scores"]} == {
        "safety",
        "social_support",
    }
    wrong = client.post("assessments/", care=care, on=day, reason="intake", scores={"luck": 3})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["scores"])
    parts = InstrumentPartMake.create_batch(2, instrument=InstrumentMake(enough="0.50"))
    by_part = client.post(
        "assessments/", care=care, on=day, reason="annual", instrument=parts[0].instrument_id,
        parts=[{"part": part.pk, "value": 4, "evidence": "seen"} for part in parts],
    )  # fmt: skip
    told = made(by_part, "assessment.score")
    assert [one["value"] for one in told["part_scores"]] == [4, 4]


def test_a_stay_begins_and_ends_without_an_address(api, case, social_worker, today):
    client, care = api(social_worker), str(CareMake(case=case).pk)
    day = (today - timedelta(days=5)).isoformat()
    assert client.post("placements/", care=care, starts_on=day).status_code == 400
    assert client.post("placements/", care=care, starts_on=day, kind="kin", address="x").status_code == 400
    stay = made(client.post("placements/", care=care, starts_on=day, kind="kin"), "placement.start")
    assert "address" not in stay
    stale = client.post(f"placements/{stay['id']}/end/", ends_on=today.isoformat(), version=99)
    assert (stale.status_code, stale.json()["theirs"]["id"]) == (409, stay["id"])
    ended = client.post(f"placements/{stay['id']}/end/", ends_on=today.isoformat(), version=stay["version"])
    assert ended.json()["ends_on"] == today.isoformat()
    assert client.post("placements/", care=care, starts_on=day, home=str(uuid4())).status_code == 404


def test_tasks_of_a_person_are_given_and_done(api, case, social_worker):
    client, care = api(social_worker), CareMake(case=case)
    due = (timezone.now() + timedelta(days=2)).isoformat()
    task = made(client.post("care-tasks/", care=str(care.pk), what="Call her", due_at=due), "caretask.make")
    dropped = client.post(f"care-tasks/{task['id']}/move/", status="dropped")
    assert (dropped.status_code, list(dropped.json()["errors"])) == (422, ["note"])
    assert client.post(f"care-tasks/{task['id']}/move/", status="done").json()["status"] == "done"


def test_operations_and_what_stands_around_them_are_recorded(api, case, alice, today):
    client, of_case = api(alice), {"case": case.number}
    day = (today - timedelta(days=1)).isoformat()
    facts = {"purpose": "relief", "outcome": "success", "on": day, "people": "5~", "relieved": "4..6"}
    done = made(client.post("operations/", **of_case, **facts), "operation.record")
    assert (done["people"], done["relieved"], done["status"]) == ("5~", "4..6", "done")
    wrong = client.post("operations/", **of_case, **facts | {"people": "many"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["people"])
    failed = client.post("operations/", **of_case, **facts | {"outcome": "failed"})
    assert (failed.status_code, list(failed.json()["errors"])) == (422, ["failure"])
    made(client.post("venues/", **of_case, kind="bar", locality="Lapu-Lapu"), "venue.add")
    made(
        client.post("headcounts/", **of_case, label="Six girls", what="relieved", people="6"), "headcount.add"
    )
    made(client.post("investigations/", **of_case, starts_on="2025"), "investigation.add")
    hidden = OperationMake(case=case, status="planned", outcome="")
    assert client.post("operations/", **of_case, **facts, follows=str(hidden.pk)).status_code == 404
    assert client.post(f"operations/{hidden.pk}/record/", outcome="success").status_code == 404


def test_a_lawyer_keeps_watch_over_bail_and_writes_what_a_hearing_cost(api, case, lawyer, today):
    client, accused = api(lawyer), AccusedMake(case=case)
    bail = BailOrderMake(case=case, accused=accused, status="GRANTED", decided_on="2026-01-05")
    added = client.post(
        "bail-conditions/", bail=str(bail.pk), kind="reporting", rhythm="once", on=today.isoformat()
    )
    condition = made(added, "condition.add")
    answered = client.post(
        f"bail-conditions/{condition['id']}/check/", result="kept", due_on=today.isoformat(), how="police"
    )
    assert (answered.status_code, answered.json()["next_on"]) == (200, None)
    assert client.listed("condition-checks/")[0]["result"] == "kept"
    seen = client.post("status-checks/", accused=str(accused.pk), status="at_liberty", how="seen")
    made(seen, "status.confirm")
    lifted = client.post(f"bail-conditions/{condition['id']}/lift/", lifted_on=today.isoformat())
    assert lifted.json()["lifted_on"] == today.isoformat()
    hearing, survivor = HearingMake(case=case), SurvivorMake(case=case)
    cost = made(
        client.post(
            "hearing-costs/", hearing=str(hearing.pk), survivor=str(survivor.pk), kind="wage", amount="150",
            currency="PHP",
        ),
        "cost.add",
    )  # fmt: skip
    assert client.post(f"hearing-costs/{cost['id']}/strike/").json()["struck_at"]


def test_a_threat_is_reported_and_alerts_at_once(api, case, alice):
    survivor = SurvivorMake(case=case)
    facts = {"case": case.number, "survivor": str(survivor.pk), "kind": "visit", "what": "A man came."}
    told = api(alice).post("threats/", **facts)
    assert made(told, "threat.report")["survivor"] == str(survivor.pk)
    elsewhere = SurvivorMake()
    assert api(alice).post("threats/", **facts | {"survivor": str(elsewhere.pk)}).status_code == 404


def test_the_exact_reason_of_an_adjournment_is_taken_and_told(api, case, lawyer):
    law = Jurisdiction.objects.get_or_create(country="PH", defaults={"name": "Philippines"})[0]
    Reason.objects.create(
        jurisdiction=law, code="x_absent", name="x", party="court", avoidable=True, falls_under="judge_absent"
    )
    hearing = HearingMake(case=case, starts_at=timezone.now() - timedelta(days=1))
    client = api(lawyer)
    unknown = client.post(f"hearings/{hearing.pk}/record/", outcome="adjourned", exact_reason="nothing")
    assert (unknown.status_code, list(unknown.json()["errors"])) == (404, ["exact_reason"])
    told = client.post(f"hearings/{hearing.pk}/record/", outcome="adjourned", exact_reason="x_absent").json()
    assert (told["exact_reason"], told["reason"]) == ("x_absent", "judge_absent")
