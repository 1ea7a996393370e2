"""Her own copy: all that is hers, nothing of others, and what therapists have released."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from aftercare.actions import add_therapy
from audit.models import Event
from reference.values import PartialDate
from rights import copying
from tests.factories import (
    AccusedMake,
    AgeMake,
    CareMake,
    ConsentMake,
    EpisodeMake,
    GoalMake,
    PlacementMake,
    PlanMake,
    ReliefMake,
    SurvivorMake,
)


@pytest.fixture
def told(monkeypatch):
    """What was printed, as words."""
    pages = []
    real = copying.typst.compile

    def compiled(page, *, sys_inputs, **more):
        pages.append(json.loads(sys_inputs["told"]))
        return real(page, sys_inputs=sys_inputs, **more)

    monkeypatch.setattr(copying.typst, "compile", compiled)
    return pages


def words(told):
    return "\n".join(f"{left} {right}" for part in told["sections"] for left, right in part["rows"])


def test_her_copy_holds_what_is_hers_and_the_notes_that_were_released(
    browse, told, case, survivor, social_worker, safeguarding_lead, director, lawyer
):
    other = SurvivorMake(case=case, key="s2", pseudonym="Otherella")
    AccusedMake(case=case, name="R. Villainov")
    AgeMake(case=case, survivor=survivor, years="15")
    EpisodeMake(case=case, survivor=survivor, promise="a job in a shop", note="staff think so", by=["p1"])
    ReliefMake(case=case, survivor=survivor)
    ConsentMake(case=case, survivor=survivor)
    care = CareMake(case=case, survivor=survivor, note="our own remark")
    PlacementMake(case=case, care=care, at="Hollowhearth", address="Fennelgate 4411")
    plan = PlanMake(case=case, care=care)
    GoalMake(case=case, plan=plan, goal="school", own_words="I go to school again")
    GoalMake(case=case, plan=PlanMake(case=case, care=CareMake(case=case, survivor=other)), goal="hers alone")
    with viewing_as(social_worker):
        facts = {"on": PartialDate("2026-03-01"), "kind": "individual", "text": "She spoke of the sea"}
        note = add_therapy(care.pk, by=social_worker, now=timezone.now(), **facts)
    url = reverse("rights:copy-make", args=[survivor.pk])
    assert browse(lawyer, url).status_code == 403
    assert browse(social_worker, url).status_code == 403
    assert browse(safeguarding_lead, url).status_code == 200
    pdf = browse(safeguarding_lead, url, {"language": "en", "identity": "on"})
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Cache-Control"] == "private, no-store"
    first = words(told[-1])
    for hers in ("Maya", "15", "a job in a shop", "I go to school again", "S.", "Social worker"):
        assert hers in first, hers
    others = ("Otherella", "Villainov", "Fennelgate", "Hollowhearth", "our own remark", "staff think so")
    for not_hers in (*others, "hers alone", "the sea", "Sita"):
        assert not_hers not in str(told[-1]), not_hers
    release = reverse("rights:note-release", args=[note.pk])
    assert browse(safeguarding_lead, release, {}).status_code == 422, "only whoever wrote it"
    assert browse(social_worker, release, {}).status_code == 302
    browse(safeguarding_lead, url, {"language": "es"})
    assert "She spoke of the sea" in words(told[-1])
    browse(director, url, {"language": "en"})
    assert "the sea" not in str(told[-1]), "who does not read notes of therapy prints none"
    made = [event.detail["parts"] for event in Event.objects.filter(verb="copy.make").order_by("pk")]
    assert made == [["identity", "therapy"], ["therapy"], []]
