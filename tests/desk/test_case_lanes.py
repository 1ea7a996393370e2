"""Both tracks side by side: who sees which lane, where a mark stands, and what it costs."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftercare.states import Domain
from audit.models import Event
from desk.lane_drawing import along, down
from desk.lanes import Lane, Mark, middle
from tests.desk.crowd import fill
from tests.factories import (
    AssessmentMake,
    CareMake,
    HearingMake,
    PlacementMake,
    ScoreMake,
    SurvivorMake,
    ThreatMake,
)

pytestmark = pytest.mark.django_db
HOME = "House of the hidden street"


def lanes_for(client, user, case, **query):
    client.force_login(user)
    response = client.get(reverse("desk:case-lanes", args=[case.pk]), query)
    assert response.status_code == 200
    return response


def labels(response):
    return [str(lane["label"]) for lane in response.context["wide"].get("lanes", ())]


def scored(case, care, on, *values):
    one = AssessmentMake(case=case, care=care, on=on)
    for domain, value in zip(Domain.values, values, strict=False):
        ScoreMake(case=case, assessment=one, domain=domain, value=value)


@pytest.fixture
def full(case):
    """Two girls, their homes and scores, hearings between them, a threat to one."""
    _accused, maya = fill(case)
    rose = SurvivorMake(case=case, key="s999999", pseudonym="Rose")
    care = CareMake(case=case, survivor=rose)
    PlacementMake(case=case, care=care, kind="ngo_shelter", starts_on="2026-03-12", at=HOME, note=HOME)
    scored(case, care, "2026-04-10", 3, 3.5)
    scored(case, care, "2026-05-02", 1.5, 2.5)
    HearingMake(case=case, starts_at=datetime(2026, 5, 4, 1, tzinfo=UTC), outcome="held")
    ThreatMake(case=case, survivor=rose, kind="visit", on="2026-05-01", what="He stood at the gate")
    return maya, rose


def test_the_lanes_are_those_that_the_person_may_see(client, case, alice, lawyer, social_worker, full):
    everything = lanes_for(client, alice, case)
    assert labels(everything) == [
        "Hearings", "Custody, bail and verdicts", "Threats", f"{full[0].pseudonym}: homes", "Rose: homes",
        "Rose: scores",
    ]  # fmt: skip
    text = everything.content.decode()
    assert "mean of 2 domains: 2.0" in text
    assert "Threat to Rose: Came to the house, school or work" in text
    assert "does not say that one caused the other" in text
    assert HOME not in text
    assert "style=" not in text[text.index("<main") : text.index("</main")]
    legal = lanes_for(client, lawyer, case)
    assert labels(legal) == ["Hearings", "Custody, bail and verdicts", "Threats"]
    unseen = ("mean of", "NGO shelter", "moved in")
    assert [words for words in unseen if words in legal.content.decode()] == []
    assert "Rose: scores" in labels(lanes_for(client, social_worker, case))
    assert set(Event.objects.values_list("verb", flat=True)) == {"case.read"}


def test_it_is_narrowed_to_lanes_and_to_one_survivor(client, case, alice, charlie, administrator, full):
    maya, rose = full
    text = " ".join(lanes_for(client, alice, case).content.decode().split())
    tall = text[text.index('class="lanes-tall') :]
    assert "1 more survivor: choose one above" in tall[: tall.index("</svg>")], "a phone draws one of them"
    narrowed = lanes_for(client, alice, case, show=["hearings", "scores"])
    assert labels(narrowed) == ["Hearings", "Rose: scores"]
    one = lanes_for(client, alice, case, who=str(maya.pk))
    assert not any("Rose" in label for label in labels(one))
    assert "more survivor" not in one.content.decode()
    assert "Threat to Rose" not in one.content.decode()
    assert lanes_for(client, alice, case, show="nonsense", who="nobody").context["wide"]["lanes"]
    for stranger in (charlie, administrator):
        client.force_login(stranger)
        assert client.get(reverse("desk:case-lanes", args=[case.pk])).status_code == 404


def test_it_costs_the_same_for_many(client, case, alice, full):
    client.force_login(alice)
    address = reverse("desk:case-lanes", args=[case.pk])

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = cost()
    care = CareMake(case=case, survivor=SurvivorMake(case=case, key="s9999999"))
    for month in range(1, 13):
        HearingMake(case=case, starts_at=datetime(2025, month, 4, 9, tzinfo=UTC), outcome="adjourned")
        scored(case, care, f"2025-{month:02}", 2, 3)
    assert cost() == few


def test_marks_stand_where_their_day_and_their_value_say():
    span = (date(2026, 1, 1), date(2026, 12, 31))
    hearing = Lane("hearings", "Hearings", [Mark(date(2026, 7, 2), "A hearing")])
    first, last = span
    scores = Lane(
        "scores",
        "Scores",
        [Mark(first, "x", shape="mean", value=1), Mark(last, "x", shape="mean", value=4)],
    )
    kin = Mark(first, "x", shape="bar", end=last, labels=("Kin",))
    homes = Lane("homes", "Homes", [kin, Mark(date(2026, 3, 1), "x", shape="bar", end=date(2026, 4, 1))], "1")
    wide, tall = along([hearing, scores, homes], span), down([hearing, scores, homes], span)
    (first, last) = wide["lanes"][1]["dots"]
    assert (first["x"], last["x"]) == (190, 1046)
    assert first["y"] > last["y"]  # 4 is above 1
    assert 615 < wide["lanes"][0]["dots"][0]["x"] < 620
    assert wide["hearings"][0]["x1"] == wide["lanes"][0]["dots"][0]["x"]
    one, two = wide["lanes"][2]["bars"]
    assert (one["wide"], one["label"]) == (856, "Kin")
    assert one["y"] != two["y"]  # spells that overlap stand in rows of their own
    (above, below) = tall["lanes"][1]["dots"]
    assert above["y"] < below["y"]
    assert above["x"] < below["x"]
    assert (middle("2026-03"), middle("2026-03-10")) == (date(2026, 3, 16), date(2026, 3, 10))
    for years in (0, 1, 5, 40):
        axis = along([hearing], (date(2026 - years, 1, 1), date(2026, 12, 31)))
        assert 1 <= len(axis["ticks"]) <= 13
