"""The accused, proceedings, hearings and bail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from prosecutions.models import BailOrder, Hearing
from tests.factories import (
    AccusedMake,
    BailOrderMake,
    CaseMake,
    HearingMake,
    PartyMake,
    ProceedingMake,
    SurvivorMake,
)
from tests.people import on_case, person


def in_days(days):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


def verbs():
    return list(
        Event.objects.order_by("id").exclude(verb__startswith="token.").values_list("verb", flat=True)
    )


def test_an_accused_person_is_added_changed_and_known_again(api, case, lawyer, office):
    other = CaseMake(office=office)
    on_case(lawyer, other, Role.LAWYER)
    client = api(lawyer)
    first = client.post(
        "accused/", case=case.number, name="R. Salonga", roles=["Exploiter"], external_id="p-1"
    )
    assert first.status_code == 201
    assert (first.json()["key"], first.json()["standing"]) == ("p1", "accused")
    again = client.post("accused/", case=case.number, name="Somebody else", external_id="p-1")
    assert (again.status_code, again.json()) == (200, first.json())
    same = client.post("accused/", case=other.number, name="Ray S.", same_as=first.json()["id"])
    assert same.json()["perpetrator"] == first.json()["perpetrator"]
    changed = client.patch(f"accused/{first.json()['id']}/", version=1, aliases=["Boy Ray"])
    assert (changed.json()["aliases"], changed.json()["version"]) == (["Boy Ray"], 2)
    assert client.patch(f"accused/{first.json()['id']}/", version=1, name="x").status_code == 409
    assert verbs() == ["accused.add", "accused.carry", "accused.add", "accused.edit"]


def test_somebody_hidden_cannot_be_pointed_at(api, case, lawyer, other_office):
    hidden = AccusedMake(case=CaseMake(office=other_office))
    client = api(lawyer)
    response = client.post("accused/", case=case.number, name="R.", same_as=str(hidden.pk))
    assert (response.status_code, list(response.json()["errors"])) == (404, ["same_as"])
    assert client.post("accused/", case=case.number).status_code == 422
    response = client.post("proceedings/", case=case.number, accused=[str(hidden.pk)])
    assert (response.status_code, list(response.json()["errors"])) == (404, ["accused"])
    response = client.post("bail-orders/", accused=str(hidden.pk))
    assert (response.status_code, list(response.json()["errors"])) == (404, ["accused"])
    mine = AccusedMake(case=case)
    strange = ProceedingMake(case=CaseMake(office=case.office))
    response = client.post("bail-orders/", accused=str(mine.pk), proceeding=str(strange.pk))
    assert (response.status_code, list(response.json()["errors"])) == (404, ["proceeding"])
    response = client.post("hearings/", proceeding=str(strange.pk), on=in_days(3))
    assert (response.status_code, list(response.json()["errors"])) == (404, ["proceeding"])


def test_a_proceeding_is_opened_and_changed(api, case, lawyer):
    one, two = AccusedMake(case=case), AccusedMake(case=case)
    client = api(lawyer)
    facts = {"case": case.number, "court": "RTC 23", "docket": "CRIM-1", "external_id": "t-1"}
    opened = client.post("proceedings/", **facts, accused=[str(one.pk)])
    assert opened.status_code == 201
    assert (opened.json()["accused"], opened.json()["key"]) == ([str(one.pk)], "t1")
    assert client.post("proceedings/", **facts).status_code == 200
    address = f"proceedings/{opened.json()['id']}/"
    changed = client.patch(address, version=1, stage="trial", accused=[str(two.pk)])
    assert changed.status_code == 200
    assert (changed.json()["stage"], set(changed.json()["accused"])) == ("trial", {str(one.pk), str(two.pk)})
    assert client.patch(address, version=1, stage="closed").status_code == 409


def test_a_hearing_is_scheduled_moved_and_recorded(api, case, lawyer, alice):
    survivor = SurvivorMake(case=case)
    proceeding = PartyMake(case=case).proceeding
    client = api(lawyer)
    facts = {
        "proceeding": str(proceeding.pk), "on": in_days(5), "local_time": "08:30", "purpose": "evidence",
        "who_goes": str(lawyer.pk), "called": [str(survivor.pk)], "external_id": "h-1",
    }  # fmt: skip
    made = client.post("hearings/", **facts)
    assert made.status_code == 201, made.content
    body = made.json()
    assert body["starts_at"] == f"{in_days(5)}T00:30:00Z"
    assert body["attendances"] == [{"survivor": str(survivor.pk), "called": True, "came": False}]
    assert client.post("hearings/", **facts).status_code == 200
    address = f"hearings/{body['id']}/"
    moved = client.post(f"{address}reschedule/", on=in_days(9), local_time="09:00", version=1)
    assert (moved.status_code, moved.json()["on"], moved.json()["schedule_version"]) == (200, in_days(9), 2)
    late = client.post(f"{address}reschedule/", on=in_days(12), version=1)
    assert late.status_code == 409
    assert (late.json()["mine"]["on"], late.json()["theirs"]["on"]) == (in_days(12), in_days(9))
    again = client.post(f"{address}reschedule/", on=in_days(11))
    assert (again.json()["on"], again.json()["local_time"]) == (in_days(11), "09:00:00")
    past = client.post(f"{address}reschedule/", on=in_days(-3))
    assert (past.status_code, list(past.json()["errors"])) == (422, ["on"])
    told = client.post(
        f"{address}record/", outcome="adjourned", reason="judge_absent", next_on=in_days(20),
        came=[str(survivor.pk)], wages_lost="350.00",
    )  # fmt: skip
    assert told.status_code == 200, told.content
    assert (told.json()["outcome"], told.json()["wages_lost_low"]) == ("adjourned", "350.00")
    assert told.json()["attendances"][0]["came"] is True
    assert len(client.listed("hearings/", proceeding=str(proceeding.pk))) == 2
    assert client.post(f"{address}record/", outcome="held").status_code == 422


def test_a_hearing_is_taken_off_the_list_and_nothing_more_is_said(api, case, lawyer):
    hearing = HearingMake(case=case)
    client = api(lawyer)
    assert (
        client.post(f"hearings/{hearing.pk}/cancel/", reason="public_holiday").json()["outcome"] == "vacated"
    )
    assert client.post(f"hearings/{hearing.pk}/cancel/").status_code == 422
    assert client.post(f"hearings/{hearing.pk}/cancel/", because="x").status_code == 400


def test_only_one_of_the_team_goes_and_only_survivors_of_the_case_are_called(api, case, lawyer, office):
    stranger = person(Role.LAWYER, office)
    elsewhere = SurvivorMake(case=CaseMake(office=office))
    facts = {"proceeding": str(ProceedingMake(case=case).pk), "on": in_days(3)}
    client = api(lawyer)
    response = client.post("hearings/", **facts, who_goes=str(stranger.pk))
    assert (response.status_code, list(response.json()["errors"])) == (404, ["who_goes"])
    response = client.post("hearings/", **facts, called=[str(elsewhere.pk)])
    assert (response.status_code, list(response.json()["errors"])) == (404, ["called"])
    response = client.post(
        f"hearings/{HearingMake(case=case).pk}/record/", outcome="held", came=[str(elsewhere.pk)]
    )
    assert response.status_code == 404


def test_bail_runs_from_the_application_to_its_end(api, case, lawyer):
    accused = PartyMake(case=case).accused
    proceeding = accused and ProceedingMake(case=case)
    client = api(lawyer)
    facts = {
        "accused": str(accused.pk), "proceeding": str(proceeding.pk), "applied_on": "2026-09-01",
        "external_id": "b-1",
    }  # fmt: skip
    made = client.post("bail-orders/", **facts)
    assert (made.status_code, made.json()["status"], made.json()["kind"]) == (201, "SOUGHT", "pretrial")
    assert client.post("bail-orders/", **facts).status_code == 200
    address = f"bail-orders/{made.json()['id']}/"
    client.post(f"{address}oppose/", opposition="filed")
    granted = client.post(
        f"{address}grant/", decided_on="2026-09-10", conditions=["weekly report"], surety="30000", version=2
    )
    assert granted.status_code == 200, granted.content
    assert (granted.json()["status"], granted.json()["surety_currency"]) == ("GRANTED", "PHP")
    assert client.post(f"{address}release/", released_on="2026-09-11").json()["released_on"] == "2026-09-11"
    assert client.post(f"{address}breach/", what="did not report").json()["status"] == "BREACHED"
    again = client.post("bail-orders/", accused=str(accused.pk), proceeding=str(proceeding.pk))
    second = client.post(f"bail-orders/{again.json()['id']}/grant/", decided_on="2026-10-01")
    assert (second.status_code, list(second.json()["errors"])) == (422, ["decided_on"])
    assert client.post(f"{address}cancel/", ended_on="2026-10-02", held=True).json()["status"] == "CANCELLED"
    refused = client.post(f"{address}end/", ended="convicted")
    assert refused.status_code == 422
    assert "cannot go from Cancelled to Ended" in refused.json()["detail"]
    assert verbs()[:5] == ["bail.seek", "bail.oppose", "bail.grant", "bail.release", "bail.breach"]


@pytest.mark.parametrize(
    ("act", "facts", "status"),
    [
        ("refuse", {"decided_on": "2026-09-10"}, "REFUSED"),
        ("withdraw", {}, "WITHDRAWN"),
    ],
)
def test_an_application_may_fail(api, case, lawyer, act, facts, status):
    order = BailOrderMake(case=case)
    assert api(lawyer).post(f"bail-orders/{order.pk}/{act}/", **facts).json()["status"] == status


def test_bail_that_runs_may_end_with_the_judgment(api, case, lawyer, looking):
    order = BailOrderMake(case=case, status="GRANTED", decided_on="2026-05-01")
    response = api(lawyer).post(f"bail-orders/{order.pk}/end/", ended="acquitted", ended_on="2026-06-01")
    assert response.json()["status"] == "ENDED"
    with looking(lawyer):
        assert BailOrder.objects.get(pk=order.pk).ended == "acquitted"


def test_a_refused_act_leaves_nothing_behind(api, case, lawyer, looking):
    hearing = HearingMake(case=case)
    response = api(lawyer).post(f"hearings/{hearing.pk}/record/", outcome="adjourned")
    assert (response.status_code, list(response.json()["errors"])) == (422, ["reason"])
    assert verbs() == []
    with looking(lawyer):
        assert Hearing.objects.get(pk=hearing.pk).outcome == ""
