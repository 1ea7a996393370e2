"""A whole case leaves as a file: two people, what the reader may see, sealed for the office it is for."""

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.scope import system_access, viewing_as
from audit.models import Event
from casefiles.reading import read
from cases.models import Case
from exchange import actions
from exchange.building import build_waiting
from exchange.models import Export, OfficeKey
from tests.exchange.conftest import latest, taken
from tests.factories import AccusedMake, CareMake, SurvivorMake
from tests.people import person

pytestmark = pytest.mark.django_db
PAIR = pyrage.x25519.Identity.generate()
PUBLIC = str(PAIR.to_public())


@pytest.fixture
def second(office):
    return person("office_director", office)


@pytest.fixture
def told(case):
    """A survivor with a name, a day of birth and a town, and an accused."""
    survivor = SurvivorMake(case=case, key="s1", pseudonym="Mira", born="2003-05-17", birth_year="2003")
    AccusedMake(case=case, key="p1", name="R. K.")
    return survivor


def asked_for(client, case, **answers):
    url = reverse("exchange:case-file-add", args=[case.pk])
    return client.post(url, {"form": "yaml", "purpose": "casework", "why": "Hand-over", **answers})


def made(signed_in, case, asker, second, **answers):
    """Asked for by one person, agreed to by another, made by the worker."""
    response = asked_for(signed_in(asker), case, **answers)
    assert response.status_code == 302, response.context["form"].errors
    export = latest(asker)
    assert export.status == "waiting", "nobody takes a whole case alone"
    with viewing_as(second):
        actions.approve_export(export.pk, by=second, now=timezone.now())
    build_waiting()
    return latest(asker)


def test_a_case_sealed_for_an_office_opens_there_and_gives_the_same_figures(
    case, told, director, second, signed_in, tmp_path
):
    client = signed_in(director)
    response = client.post(reverse("exchange:key-add"), {"name": "Cebu", "recipient": PUBLIC})
    assert response.status_code == 302
    key = OfficeKey.objects.get()
    check = reverse("exchange:key-check", args=[key.pk])
    assert key.fingerprint in client.get(check).content.decode()
    sealed = {"form": "age", "key": str(key.pk)}
    assert asked_for(client, case, **sealed).status_code == 422, "nobody has compared the key"
    assert client.post(check).status_code == 422, "somebody else compares it"
    assert signed_in(second).post(check).status_code == 302
    export = made(signed_in, case, director, second, **sealed)
    assert export.status == "ready"
    content = taken(signed_in(director), export)
    assert b"ijm-case-file" not in content
    (tmp_path / "case.age").write_bytes(content)
    (tmp_path / "key").write_text(f"# ours\n{PAIR}\n")
    (tmp_path / "other").write_text(f"{pyrage.x25519.Identity.generate()}\n")
    with pytest.raises(CommandError, match="does not open"):
        open_with(tmp_path, "other")
    open_with(tmp_path, "key")
    assert signed_in(second).post(reverse("exchange:key-end", args=[key.pk])).status_code == 302
    assert "ended by" in signed_in(second).get(reverse("exchange:key-list")).content.decode()
    document = read(tmp_path / "case.yaml").document
    assert document["survivors"]["s1"]["born"] == "2003-05-17", "inside the organisation, for whoever may"
    assert document["expect"]["survivors_registered"] == 1
    opened = Event.objects.filter(verb="identity.open", subject_id=told.pk)
    with viewing_as(director):
        assert opened.count() == 1, "each day of birth that is given is written down"


def open_with(folder, key):
    call_command(
        "open_case_file", str(folder / "case.age"), identity=str(folder / key), to=str(folder / "case.yaml")
    )


def test_a_receiver_outside_gets_years_and_nobody_who_did_not_agree(case, told, director, second, signed_in):
    SurvivorMake(case=case, key="s2", pseudonym="Anjali", note="hidden from them")
    export = made(
        signed_in, case, director, second, purpose="agency", receiver="Shelter Trust"
    )  # fmt: skip
    content = taken(signed_in(director), export).decode()
    assert len(export.left_out) == 2
    assert "2003-05-17" not in content
    assert "Mira" not in content
    assert "Anjali" not in content
    assert "expect:" not in content, "figures of people who are not in it would tell of them"
    assert export.code in content


def test_a_file_holds_only_what_its_reader_may_see(case, told, legal_lead, director, signed_in):
    CareMake(case=case, survivor=told)
    export = made(signed_in, case, legal_lead, director)
    content = taken(signed_in(legal_lead), export).decode()
    assert "Mira" in content
    assert "aftercare:" not in content.split("survivors:")[1], "the role does not see aftercare"
    assert "Not shown to whoever made this file: aftercare" in content


def test_the_database_makes_no_case_file_that_one_person_wants(case, told, director, signed_in):
    asked_for(signed_in(director), case)
    with viewing_as(director), pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.update(status="queued")
    with viewing_as(director), pytest.raises(IntegrityError), transaction.atomic():
        OfficeKey.objects.create(
            name="x", recipient=PUBLIC, added_by=director, checked_by=director, checked_at=timezone.now()
        )


def test_the_command_writes_a_sealed_or_clear_file_and_the_trail_says_so(case, told, tmp_path, director):
    target = tmp_path / "out.yaml"
    call_command("export_case_file", case.number, to=str(target))
    assert target.stat().st_mode & 0o077 == 0
    assert read(target).document["case"]["number"] == case.number
    with pytest.raises(CommandError, match="already"):
        call_command("export_case_file", case.number, to=str(target))
    call_command("export_case_file", case.number, to=str(tmp_path / "out.age"), recipient=PUBLIC)
    assert b"number" in pyrage.decrypt((tmp_path / "out.age").read_bytes(), [PAIR])
    with system_access("loader", "a test looks"):
        assert Event.objects.of_case(Case.objects.get(pk=case.pk).pk).filter(verb="case.write").count() == 2
