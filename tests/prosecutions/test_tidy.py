"""Courts and offences written freely are listed, and linked in one step wherever one may write."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from accounts.scope import viewing_as
from law.models import Court, Offence
from prosecutions.models import Charge, Proceeding
from tests.factories import AccusedMake, CaseMake, ChargeMake, OfficeMake, ProceedingMake
from tests.people import on_case, person

pytestmark = pytest.mark.django_db
WORDS = "Sessions ct. Kolkata"


@pytest.fixture
def india(db):
    return OfficeMake(key="kolkata", name="Kolkata", time_zone="Asia/Kolkata", currency="INR", country="IN")


@pytest.fixture
def cases(india):
    """Two that the lawyer has part in, and one that is sealed before her."""
    return [CaseMake(office=india), CaseMake(office=india), CaseMake(office=india, sensitivity=2)]


@pytest.fixture
def rows(cases):
    for case in cases:
        ProceedingMake(case=case, court=WORDS)
        charged = {"case": case, "accused": AccusedMake(case=case)}
        ChargeMake(**charged, offence="Selling a girl", statute="IPC", section="old", committed_on="2020")
        ChargeMake(**charged, offence="Selling a girl", statute="IPC", section="old", committed_on="2025")
    ProceedingMake(case=cases[2], court="CANARY court")


@pytest.fixture
def lawyer_there(cases, india):
    user = person(Role.LAWYER, india)
    for case in cases[:2]:
        on_case(user, case, Role.LAWYER)
    return user


@pytest.fixture
def lead(cases, india):
    return person(Role.LEGAL_LEAD, india)


def court():
    return Court.objects.create(
        jurisdiction_id="IN", name="Sessions Court", place="Kolkata", time_zone="Asia/Kolkata"
    )


def of(model, case):
    return model._base_manager.filter(case=case).order_by("pk")


def test_words_are_counted_in_what_one_sees_and_linked_where_one_may_write(client, lawyer_there, rows, cases):
    client.force_login(lawyer_there)
    page = client.get(reverse("prosecutions:tidy-list")).content.decode()
    assert "2 proceedings" in page
    assert "4 charges" in page
    assert "CANARY" not in page

    sample, known = of(Proceeding, cases[0])[0], court()
    address = reverse("prosecutions:court-tidy", args=[sample.pk])
    shown = client.get(address).content.decode()
    assert "written like this in 2 proceedings" in shown
    assert "add it" not in shown
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"known_court": known.pk}).status_code == 302
    linked = [of(Proceeding, case)[0].known_court for case in cases]
    assert linked == [known, known, None]
    assert of(Proceeding, cases[0])[0].court == WORDS
    assert WORDS not in client.get(reverse("prosecutions:tidy-list")).content.decode()

    hidden = reverse("prosecutions:court-tidy", args=[of(Proceeding, cases[2])[0].pk])
    assert client.post(hidden, {"known_court": known.pk}).status_code == 404


def test_a_charge_of_another_day_is_left_and_told(client, lawyer_there, rows, cases):
    client.force_login(lawyer_there)
    sample, offence = of(Charge, cases[0])[0], Offence.objects.get(code="IPC-372")
    address = reverse("prosecutions:offence-tidy", args=[sample.pk])
    assert "written like this in 4 charges" in client.get(address).content.decode()
    answer = client.post(address, {"offence": offence.pk}, follow=True).content.decode()
    assert "2 records were linked" in answer
    assert "2 charges stay as they are" in answer
    linked = {row.committed_on: row.known_offence for case in cases[:2] for row in of(Charge, case)}
    assert linked == {"2020": offence, "2025": None}
    assert not of(Charge, cases[2]).exclude(known_offence=None).exists()


def test_whoever_keeps_the_list_adds_the_court_or_the_spelling(client, lead, rows, cases):
    client.force_login(lead)
    address = reverse("prosecutions:court-tidy", args=[of(Proceeding, cases[0])[0].pk])
    known = court()
    both = client.post(address, {"known_court": known.pk, "new": "on"})
    assert "not both" in both.content.decode()
    assert client.post(address, {"known_court": known.pk, "remember": "on"}).status_code == 302
    known.refresh_from_db()
    assert known.also_called == [WORDS]

    other = ProceedingMake(case=cases[0], court="Alipore court")
    address = reverse("prosecutions:court-tidy", args=[other.pk])
    assert client.post(address, {"new": "on", "place": "Alipore"}).status_code == 302
    other.refresh_from_db()
    assert (other.known_court.name, other.known_court.place) == ("Alipore court", "Alipore")
    # What is written exactly like the list is linked by one press, in what she sees.
    again = ProceedingMake(case=cases[1], court="Sessions  Court")
    exact = ChargeMake(
        case=cases[1],
        accused=AccusedMake(case=cases[1]),
        offence="",
        statute="Indian Penal Code",
        section="372",
    )
    assert (
        "2 records were linked"
        in client.post(reverse("prosecutions:tidy-list"), follow=True).content.decode()
    )
    for row in (again, exact):
        row.refresh_from_db()
    assert (again.known_court, exact.known_offence.code) == (known, "IPC-372")


def test_who_only_looks_on_links_nothing(client, rows, cases, india):
    onlooker = person(Role.REGIONAL_DIRECTOR, india)
    client.force_login(onlooker)
    assert (
        "Link what is written exactly" not in client.get(reverse("prosecutions:tidy-list")).content.decode()
    )
    known = court()
    Court.objects.filter(pk=known.pk).update(also_called=[WORDS])
    assert client.post(reverse("prosecutions:tidy-list")).status_code == 200
    sample = of(Proceeding, cases[0])[0]
    denied = reverse("prosecutions:court-tidy", args=[sample.pk])
    assert client.post(denied, {"known_court": known.pk}).status_code == 403
    with viewing_as(onlooker):
        assert not Proceeding.objects.exclude(known_court=None).exists()
