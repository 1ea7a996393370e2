import pytest

from audit.models import Event
from survivors.models import Survivor
from tests.factories import CaseMake, SurvivorMake


def test_a_survivor_is_added_to_a_case_by_id_or_number(api, case, alice, looking):
    client = api(alice)
    first = client.post(
        "survivors/", case=str(case.pk), pseudonym="Maya", gender="Feminine", nationality=["PH"]
    )
    second = client.post("survivors/", case=case.number, label="girl at the door", child=True)
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.json()["case"], first.json()["key"]) == (str(case.pk), "s1")
    assert (second.json()["key"], second.json()["child"]) == ("s2", True)
    assert Event.objects.filter(verb="survivor.add", case_id=case.pk).count() == 2


def test_the_same_external_id_again_gives_the_record_that_is_there(api, case, alice, looking):
    client = api(alice)
    first = client.post("survivors/", case=case.number, pseudonym="Maya", external_id="x1")
    again = client.post("survivors/", case=case.number, pseudonym="Somebody", external_id="x1")
    assert (again.status_code, again.json()) == (200, first.json())
    with looking(alice):
        assert Survivor.objects.count() == 1


@pytest.mark.parametrize("named", ["pk", "number"])
def test_nobody_is_added_to_a_case_outside_the_need_to_know(api, case, alice, other_office, named):
    elsewhere = CaseMake(office=other_office)
    response = api(alice).post("survivors/", case=str(getattr(elsewhere, named)), pseudonym="Maya")
    assert response.status_code == 404
    assert response.json()["errors"] == {"case": ["There is no such record."]}


def test_a_survivor_needs_a_name_to_be_called_by(api, case, alice):
    response = api(alice).post("survivors/", case=case.number)
    assert response.status_code == 422
    assert list(response.json()["errors"]) == ["pseudonym"]


def test_what_identifies_her_is_neither_shown_nor_taken(api, case, alice):
    row = SurvivorMake(
        case=case, born="2011-04-02", home={"address": "12 Harbour Road"}, note="Her uncle is Ramon",
        witness_note="told the judge her name",
    )  # fmt: skip
    client = api(alice)
    for path in ("survivors/", f"survivors/{row.pk}/"):
        text = client.get(path).content.decode()
        for words in ("2011", "Harbour Road", "Ramon", "judge"):
            assert words not in text
    response = client.post("survivors/", case=case.number, pseudonym="Maya", born="2011-04-02")
    assert response.json()["errors"] == {"born": ["There is no such field."]}
    response = client.patch(f"survivors/{row.pk}/", version=1, home={"address": "x"})
    assert response.status_code == 400


def test_reading_one_record_is_written_down_and_listing_shows_less(api, case, alice):
    row = SurvivorMake(case=case, schooling="grade 4")
    client = api(alice)
    (listed,) = client.listed("survivors/")
    assert "schooling" not in listed
    assert not Event.objects.filter(verb="survivor.open").exists()
    assert client.get(f"survivors/{row.pk}/").json()["schooling"] == "grade 4"
    event = Event.objects.get(verb="survivor.open")
    assert (event.actor_id, event.case_id, event.subject_id) == (alice.pk, case.pk, str(row.pk))


def test_a_record_is_changed_with_its_version(api, case, alice, director):
    row = SurvivorMake(case=case)
    client = api(alice)
    response = client.patch(f"survivors/{row.pk}/", version=1, vulnerabilities=["debt"], schooling="grade 4")
    assert response.status_code == 200
    assert (response.json()["vulnerabilities"], response.json()["version"]) == (["debt"], 2)
    conflict = api(director).patch(f"survivors/{row.pk}/", version=1, schooling="grade 5")
    assert conflict.status_code == 409
    assert conflict.json()["theirs"]["schooling"] == "grade 4"
    assert client.patch(f"survivors/{row.pk}/", version=2, vulnerabilities=["nonsense"]).status_code == 400
