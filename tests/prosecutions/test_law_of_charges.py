"""A charge is offered the law in force on the day of the offence; a proceeding its court and its numbers."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Event
from law.models import Court, Identifier, Offence
from prosecutions.models import Charge, Proceeding, ProceedingNumber
from tests.factories import AccusedMake, CaseMake, OfficeMake, ProceedingMake
from tests.people import on_case, person

pytestmark = pytest.mark.django_db
IPC, BNS = "Trafficking of a person · IPC 370(2)", "Trafficking of a person · BNS 143(2)"


@pytest.fixture
def india(db):
    return OfficeMake(key="kolkata", name="Kolkata", time_zone="Asia/Kolkata", currency="INR", country="IN")


@pytest.fixture
def indian_case(india):
    return CaseMake(office=india)


@pytest.fixture
def bina(client, india, indian_case):
    """Lawyer of the case, signed in."""
    user = on_case(person(Role.LAWYER, india, name="Bina"), indian_case, Role.LAWYER)
    client.force_login(user)
    return user


@pytest.fixture
def accused(indian_case):
    return AccusedMake(case=indian_case)


def charge(client, accused, **facts):
    return client.post(reverse("prosecutions:charge-add", args=[accused.pk]), {"country": "IN", **facts})


def offered(client, accused, day):
    address = reverse("prosecutions:charge-add", args=[accused.pk])
    return client.get(address, {"country": "IN", "committed_on": day}, headers={"HX-Request": "true"})


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2024-06-30", "IPC-370-2"),
        ("2024-07-01", "BNS-143-2"),
        ("2024-06", "IPC-370-2"),
        ("2025~", "BNS-143-2"),
    ],
)
def test_the_law_offered_and_linked_is_that_of_the_day(client, bina, accused, day, code):
    said = offered(client, accused, day).content.decode()
    right, wrong = (IPC, BNS) if code.startswith("IPC") else (BNS, IPC)
    assert (right in said, wrong in said) == (True, False)
    assert "7 years to 10 years · Only a court may grant bail" in said

    assert charge(client, accused, offence=right, committed_on=day).status_code == 302
    row = Charge._base_manager.get()
    assert row.known_offence.code == code
    # The texts are filled, and stay whatever becomes of the list.
    assert (row.offence, row.section) == ("Trafficking of a person", row.known_offence.section)
    assert row.statute == row.known_offence.statute.name


def test_an_offence_of_another_day_is_refused_with_the_law_of_that_day(client, bina, accused):
    answer = charge(client, accused, offence=IPC, committed_on="2024-07-01")
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "IPC 370(2) was not in force on that day" in said
    assert BNS in said
    asked = charge(client, accused, offence=BNS)
    assert "Write when it was committed" in asked.content.decode()
    assert not Charge._base_manager.exists()


def test_free_words_stay_free_and_exact_ones_are_linked(client, bina, accused):
    for facts, code in (
        ({"offence": "Cheating girls", "statute": "Some old act"}, None),
        ({"offence": "Trafficking", "statute": "Indian Penal Code", "section": "s. 370 (2)"}, "IPC-370-2"),
        ({"statute": "BNS", "section": "143(2)", "committed_on": "2025-01-01"}, "BNS-143-2"),
        # Written by hand under a law of other days: it may have been charged so, and is left for tidying.
        ({"statute": "BNS", "section": "143(2)", "committed_on": "2020-01-01"}, None),
    ):
        assert charge(client, accused, **facts).status_code == 302
        row = Charge._base_manager.order_by("-position")[0]
        assert getattr(row.known_offence, "code", None) == code, facts
        assert row.offence == facts.get("offence", "")

    page = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    assert "IPC s.370(2)" in page
    assert "Only a court may grant bail" in page

    row = Charge._base_manager.get(position=2)
    edit = reverse("prosecutions:charge-edit", args=[row.pk])
    form = client.get(edit).context["form"]
    facts = {field.html_name: field.value() for field in form if field.value() is not None}
    assert client.post(edit, {**facts, "plea": "guilty"}).status_code == 302
    row.refresh_from_db()
    assert (row.known_offence.code, row.plea) == ("IPC-370-2", "guilty")
    assert client.post(edit, {**facts, "version": row.version, "offence": BNS,
                              "committed_on": "2024-08"}).status_code == 302  # fmt: skip
    row.refresh_from_db()
    assert (row.known_offence.code, row.section) == ("BNS-143-2", "143(2)")


def test_a_court_is_linked_by_its_name_or_a_spelling_and_else_stays_as_written(client, bina, indian_case):
    court = Court.objects.create(
        jurisdiction_id="IN", name="Sessions Court, Kolkata", also_called=["City Sessions"],
        time_zone="Asia/Kolkata", place="Kolkata",
    )  # fmt: skip
    address = reverse("prosecutions:proceeding-open", args=[indian_case.pk])
    assert '<option value="Sessions Court, Kolkata"' in client.get(address).content.decode()
    for words, known in (
        ("sessions court  kolkata", court),
        ("City Sessions", court),
        ("Alipore Sessions", None),
    ):
        assert client.post(address, {"court": words, "judge": "A. Sen"}).status_code == 302
        row = Proceeding._base_manager.order_by("-created_at")[0]
        assert (row.known_court, row.court, row.judge) == (known, words.strip(), "A. Sen")
    first = Proceeding._base_manager.filter(known_court=court).order_by("created_at")[0]
    page = client.get(reverse("prosecutions:proceeding-detail", args=[first.pk])).content.decode()
    assert reverse("law:court-detail", args=[court.pk]) in page


def test_numbers_are_checked_against_the_pattern_of_their_kind(client, bina, indian_case):
    cnr, fir = (Identifier.objects.get(jurisdiction="IN", code=code) for code in ("CNR", "FIR"))
    address = reverse("prosecutions:proceeding-open", args=[indian_case.pk])
    wrong = client.post(address, {"docket": "MHAU-1", "docket_kind": cnr.pk})
    assert wrong.status_code == 422
    assert "one looks like MHAU010000012024" in wrong.content.decode()
    assert client.post(address, {"docket": "mhau01-000001-2024", "docket_kind": cnr.pk}).status_code == 302
    proceeding = Proceeding._base_manager.get()
    assert (proceeding.docket, proceeding.docket_kind) == ("MHAU010000012024", cnr)

    add = reverse("prosecutions:number-add", args=[proceeding.pk])
    assert client.get(add).status_code == 200
    assert (
        "one looks like 123/2023" in client.post(add, {"kind": fir.pk, "number": "twelve"}).content.decode()
    )
    assert client.post(add, {"kind": fir.pk, "number": " 12/2024 "}).status_code == 302
    assert (
        "stands with the proceeding already"
        in client.post(add, {"kind": fir.pk, "number": "12/2024"}).content.decode()
    )
    assert client.post(add, {"number": "anything at all"}).status_code == 302
    row = ProceedingNumber._base_manager.get(kind=fir)
    page = reverse("prosecutions:proceeding-detail", args=[proceeding.pk])
    assert "12/2024" in client.get(page).content.decode()

    edit = reverse("prosecutions:number-edit", args=[row.pk])
    assert client.get(edit).status_code == 200
    facts = {"kind": fir.pk, "number": "12/2024", "wrong": "on", "version": row.version}
    assert client.post(edit, facts).status_code == 302
    assert client.post(edit, facts).status_code == 409
    assert "12/2024" not in client.get(page).content.decode()
    verbs = Event.objects.filter(verb__startswith="number.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["number.add", "number.add", "number.edit"]


def test_what_is_asked_does_not_grow_with_the_charges(
    client, bina, accused, indian_case, django_assert_num_queries
):
    known = Offence.objects.get(code="BNS-143-2")
    row = {"case": indian_case, "accused": accused, "offence": "x", "known_offence": known}
    Charge._base_manager.create(position=1, **row)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = reverse("prosecutions:accused-detail", args=[accused.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for position in range(2, 12):
        Charge._base_manager.create(position=position, **row)
    with django_assert_num_queries(len(one)):
        client.get(page)
    ProceedingMake(case=indian_case)
