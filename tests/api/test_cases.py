import pytest

from api.cases import CaseViewSet
from audit.models import Event
from cases.models import Case
from tests.factories import CaseMake


def opened(client, **facts):
    return client.post("cases/", **{"office": "cebu", "title": "Mill Lane", "casework_type": "osec", **facts})


def test_a_case_is_opened_through_the_same_action_as_on_the_page(api, office, alice, looking):
    response = opened(api(alice), summary="From the police", opened_on="2026-10", external_id="abc-1")
    assert response.status_code == 201
    body = response.json()
    assert body["number"].startswith("CEBU-2026-")
    assert (body["office"], body["opened_on"], body["external_id"]) == ("cebu", "2026-10", "abc-1")
    assert (body["legal_status"], body["aftercare_status"], body["version"]) == ("intake", "not_started", 1)
    events = Event.objects.filter(case_id=body["id"]).order_by("id").values_list("verb", "actor_id")
    assert list(events) == [("case.open", alice.pk), ("case.assign", alice.pk)]


def test_the_same_external_id_again_gives_the_case_that_is_there_unchanged(api, case, alice, looking):
    client = api(alice)
    first = opened(client, external_id="abc-1")
    again = opened(client, external_id="abc-1", title="Other words")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    with looking(alice):
        assert Case.objects.filter(external_id="abc-1").count() == 1


def test_of_two_who_send_the_same_at_once_the_second_gets_the_case_of_the_first(
    api, case, alice, monkeypatch, looking
):
    client = api(alice)
    first = opened(client, external_id="abc-1")
    known, calls = CaseViewSet.known, []

    def too_early(self, *asked):
        calls.append(asked)
        return None if len(calls) == 1 else known(self, *asked)

    monkeypatch.setattr(CaseViewSet, "known", too_early)
    again = opened(client, external_id="abc-1")
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert len(calls) == 2
    with looking(alice):
        assert Case.objects.filter(external_id="abc-1").count() == 1


def test_an_external_id_of_a_case_one_may_not_see_is_taken_and_shows_nothing(api, case, alice):
    CaseMake(office=case.office, sensitivity=2, external_id="abc-1", title="Sealed away")
    response = opened(api(alice), external_id="abc-1")
    assert response.status_code == 409
    words = "This external id is taken."
    assert response.json() == {"detail": words, "errors": {"external_id": [words]}}


def test_another_office_uses_the_same_external_id_for_its_own(api, case, other_office, alice):
    CaseMake(office=other_office, external_id="abc-1")
    assert opened(api(alice), external_id="abc-1").status_code == 201


@pytest.mark.parametrize(
    ("facts", "status", "field"),
    [
        ({"title": ""}, 400, "title"),
        ({"casework_type": "nonsense"}, 400, "casework_type"),
        ({"opened_on": "last week"}, 400, "opened_on"),
        ({"title": "x" * 1001}, 400, "title"),
        ({"number": "CEBU-1"}, 400, "number"),
        ({"sensitivity": 7}, 400, "sensitivity"),
        ({"office": "nowhere"}, 404, "office"),
        ({"office": "accra"}, 422, "office"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(api, case, other_office, alice, looking, facts, status, field):
    response = opened(api(alice), **facts)
    assert response.status_code == status
    body = response.json()
    assert list(body["errors"]) == [field]
    assert body["detail"] == body["errors"][field][0]
    with looking(alice):
        assert Case.objects.count() == 1


def test_a_body_that_is_no_object_is_refused(api, case, alice):
    client = api(alice)
    response = client.client.post("/api/v1/cases/", [1], format="json", headers=client.headers)
    assert response.status_code == 400


def test_a_case_is_changed_field_by_field_with_its_version(api, case, alice):
    client = api(alice)
    response = client.patch(f"cases/{case.pk}/", version=1, title="New words", supported_by=["the church"])
    assert response.status_code == 200
    assert (response.json()["title"], response.json()["version"]) == ("New words", 2)
    assert response.json()["casework_type"] == "csec"
    assert Event.objects.get(verb="case.edit").case_id == case.pk


def test_of_two_who_change_a_case_the_second_gets_both_versions(api, case, alice, director):
    api(director).patch(f"cases/{case.pk}/", version=1, title="The director's words")
    response = api(alice).patch(f"cases/{case.pk}/", version=1, title="Alice's words")
    assert response.status_code == 409
    body = response.json()
    assert body["mine"] == {"version": 1, "title": "Alice's words"}
    assert (body["theirs"]["title"], body["theirs"]["version"]) == ("The director's words", 2)
    assert body["detail"] == "Somebody else changed this while you were writing."


def test_a_change_needs_its_version_and_knows_no_other_fields(api, case, alice):
    client = api(alice)
    assert client.patch(f"cases/{case.pk}/", title="x").json()["errors"] == {
        "version": ["This field is required."]
    }
    response = client.patch(f"cases/{case.pk}/", version=1, sensitivity=0, office="accra")
    assert set(response.json()["errors"]) == {"office", "sensitivity"}


def test_what_a_role_may_not_see_is_absent(api, office, lawyer, social_worker, case, director, looking):
    with looking(director):
        Case.objects.filter(pk=case.pk).update(aftercare_note="She moved to her aunt")
    assert "aftercare_note" not in api(lawyer).get(f"cases/{case.pk}/").json()
    assert "aunt" not in api(lawyer).get("cases/").content.decode()
    assert api(social_worker).get(f"cases/{case.pk}/").json()["aftercare_note"] == "She moved to her aunt"
