"""What people are scored with: ours by itself, others from a file, each edition for ever as it was."""

import contextlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from aftercare.instrument_files import OURS, gather
from aftercare.models import Instrument, InstrumentPart
from aftercare.states import Domain
from audit.models import Event

OWN = (OURS / "six-domains.en.yaml").read_text()


def load(path, *more):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.suppress(CommandError):
        call_command("load_instrument", str(path), *more, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def test_ours_is_here_after_migrate_in_two_languages_with_the_same_parts(db):
    english, spanish = Instrument.objects.filter(code="six-domains", in_use=True).order_by("language")
    assert (english.language, spanish.language) == ("en", "es")
    shape = ("domain", "code", "position", "for_whom")
    parts = list(english.parts.order_by("position").values_list(*shape))
    assert parts == list(spanish.parts.order_by("position").values_list(*shape))
    assert len(parts) == 20
    for domain in Domain.values:
        asked = [whom for of, _code, _place, whom in parts if of == domain]
        for left_out in ("children", "adults"):
            assert len([whom for whom in asked if whom != left_out]) >= 3


def test_loading_again_changes_nothing_and_another_text_needs_another_edition(db, tmp_path):
    assert "is here already" in load(OURS / "six-domains.en.yaml")
    file = tmp_path / "changed.yaml"
    file.write_text(OWN.replace("Food, water, clothes", "Food and water"))
    assert "give the new text the edition 2" in load(file)
    file.write_text(OWN.replace("Food, water, clothes", "Food and water").replace("edition: 1", "edition: 2"))
    assert "20 parts, no fault" in load(file, "--dry-run")
    assert Instrument.objects.count() == 2
    assert "loaded · not in use" in load(file)
    assert InstrumentPart.objects.filter(code="basic_needs", label="Food and water").count() == 1
    assert InstrumentPart.objects.filter(code="basic_needs", label="Food, water, clothes").count() == 1


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ("enough: 0.5", "enough: 5", "line 11: “enough” is a share such as 0.5"),
        ("question: Is", "questoin: Is", "line 16: “questoin” is not a word of this format"),
        ("code: no_threats", "code: no_harm", "line 22: the code “no_harm” stands twice"),
        ("  legal_protection:", "  legal:", "line 13: the domain “legal_protection” is missing"),
        ("for: adults", "for: men", "“for” is one of everybody, children, adults"),
        ("labels: [Most vulnerable, ", "labels: [", "line 10: “labels” needs four texts, from 1 to 4"),
        ("name: Six", "name: &a Six", "uses an alias or a tag"),
        ("domains:", "domains: [", "cannot be read"),
        (OWN, "- 1", "it must begin with format: ijm-instrument/1"),
    ],
)
def test_every_fault_has_its_line_and_nothing_is_loaded(tmp_path, was, now, sentence):
    file = tmp_path / "wrong.yaml"
    file.write_text(OWN.replace(was, now, 1))
    (read,) = gather(file)
    assert any(sentence in told for told in read.told()), read.told()


def test_who_may_loads_tries_and_chooses_on_the_page(client, safeguarding_lead, social_worker):
    client.force_login(safeguarding_lead)
    address = reverse("aftercare:instrument-load")

    def send(text, **more):
        return client.post(address, {"file": SimpleUploadedFile("x.yaml", text.encode()), **more})

    official = OWN.replace("six-domains", "official").replace("name: Six domains", "name: The official text")
    wrong = send(official.replace("enough: 0.5", "enough: x"))
    assert (wrong.status_code, "line 11:" in wrong.content.decode()) == (422, True)
    assert "No fault in this file." in send(official, dry_run="1").content.decode()
    assert not Instrument.objects.filter(code="official").exists()
    assert send(official).status_code == 302
    made = Instrument.objects.get(code="official")
    assert (made.in_use, made.loaded_by) == (False, safeguarding_lead)
    assert "edition 2" in send(official.replace("Food, water", "Food")).content.decode()
    assert client.post(reverse("aftercare:instrument-use", args=[made.pk])).status_code == 302
    assert list(Instrument.objects.filter(language="en", in_use=True)) == [made]
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "instrument.load", "instrument.use",
    ]  # fmt: skip
    assert "The official text" in client.get(reverse("aftercare:instrument-list")).content.decode()
    client.force_login(social_worker)
    assert client.get(reverse("aftercare:instrument-list")).status_code == 403
    assert "Food, water, clothes" in client.get(
        reverse("aftercare:instrument-detail", args=[made.pk])
    ).content.decode()  # fmt: skip
