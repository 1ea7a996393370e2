import pytest
from django.urls import reverse

from prosecutions.models import Arrest, Custody
from tests.factories import AccusedMake, AgencyMake, CustodyMake, OperationMake, VenueMake


@pytest.fixture
def accused(case):
    return AccusedMake(case=case)


def post(client, user, name, pk, /, **facts):
    client.force_login(user)
    return client.post(reverse(f"prosecutions:{name}", args=[pk]), facts)


def test_an_arrest_names_the_human_being_and_may_start_custody(
    client, case, accused, lawyer, looking, events
):
    agency, venue, operation = AgencyMake(case=case), VenueMake(case=case), OperationMake(case=case)
    facts = {
        "accused": accused.pk,
        "on": "2026-03-10",
        "agency": agency.key,
        "venue": venue.key,
        "operation": operation.pk,
        "held": "on",
    }
    response = post(client, lawyer, "arrest-record", case.pk, **facts)
    assert response["Location"] == reverse("prosecutions:accused-detail", args=[accused.pk])
    with looking(lawyer):
        arrest, custody = Arrest.objects.get(), Custody.objects.get()
    assert (arrest.on, arrest.by, arrest.at) == ("2026-03-10", agency.key, venue.key)
    assert arrest.operation_id == operation.pk
    assert (custody.kind, custody.starts_on) == ("remand", "2026-03-10")
    assert [event.detail for event in events("arrest.record")] == [
        {"perpetrator": str(accused.perpetrator_id)}
    ]
    assert len(events("custody.start")) == 1


def test_an_arrest_of_somebody_who_is_held_starts_no_second_spell(client, case, accused, lawyer, looking):
    CustodyMake(case=case, accused=accused)
    facts = {"accused": accused.pk, "on": "2026-05", "held": "on"}
    assert post(client, lawyer, "arrest-record", case.pk, **facts).status_code == 302
    assert post(client, lawyer, "arrest-record", case.pk, accused=accused.pk).status_code == 302
    with looking(lawyer):
        assert Custody.objects.count() == 1
        assert Arrest.objects.count() == 2


def test_an_arrest_is_not_in_the_future_and_not_of_a_stranger(client, case, accused, lawyer):
    late = post(client, lawyer, "arrest-record", case.pk, accused=accused.pk, on="2999-01-01")
    assert late.context["form"].errors["on"] == ["This date is in the future."]
    stranger = post(client, lawyer, "arrest-record", case.pk, accused=AccusedMake().pk, on="2026-03-10")
    assert stranger.status_code == 422
    assert "accused" in stranger.context["form"].errors


def test_custody_begins_once_and_ends_once(client, case, accused, lawyer, looking, events):
    start = {"kind": "remand", "starts_on": "2026-03-10", "at": "City jail"}
    assert post(client, lawyer, "custody-start", accused.pk, **start).status_code == 302
    again = post(client, lawyer, "custody-start", accused.pk, **start)
    assert "in custody already" in again.context["form"].errors["starts_on"][0]
    with looking(lawyer):
        custody = Custody.objects.get()
    early = post(client, lawyer, "custody-end", custody.pk, ends_on="2026-03-01", version=1)
    assert early.context["form"].errors["ends_on"] == ["This is before the beginning."]
    assert post(client, lawyer, "custody-end", custody.pk, ends_on="2026-03-20", version=1).status_code == 302
    late = post(client, lawyer, "custody-end", custody.pk, ends_on="2026-03-20", version=2)
    assert "over already" in late.context["form"].errors["ends_on"][0]
    assert len(events("custody.end")) == 1
    page = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    for words in ("Custody began: Remand", "Custody ended", "At liberty", "City jail"):
        assert words in page


def test_an_end_without_a_date_marks_the_spell_as_over(client, case, accused, lawyer, look):
    custody = CustodyMake(case=case, accused=accused)
    assert post(client, lawyer, "custody-end", custody.pk, version=1).status_code == 302
    row = look(lawyer, Custody, pk=custody.pk)
    assert (row.ends_on, row.over) == ("", True)


def test_somebody_else_ended_it_first(client, case, accused, lawyer):
    custody = CustodyMake(case=case, accused=accused, version=4)
    assert post(client, lawyer, "custody-end", custody.pk, ends_on="2026-03-20", version=3).status_code == 409


@pytest.mark.parametrize(("kind", "words"), [("remand", "In custody"), ("sentence", "Serving the sentence")])
def test_the_list_says_where_people_are(client, case, accused, lawyer, kind, words):
    CustodyMake(case=case, accused=accused, kind=kind)
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:accused-list"), {"case": case.pk}).content.decode()
    assert words in text
