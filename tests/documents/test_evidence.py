import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from cases.states import IllegalMove
from documents.actions import open_sheet, record_evidence
from documents.actions.evidence import first_broken
from documents.models import EvidenceStep
from documents.states import StepKind
from tests.documents.arranging import kept


@pytest.fixture
def evidence(case, alice):
    return kept(case, alice, evidence=True, from_whom="PO Cruz", place="Safe 2", seal_number="A-17")


def record(document, user, **facts):
    with viewing_as(user):
        return record_evidence(document.pk, by=user, now=timezone.now(), **facts)


def handed_over(document, user, **facts):
    told = {"kind": "handed_over", "happened_at": timezone.now(), "to_whom": "Court", "why": "Hearing"}
    return record(document, user, **told | facts)


def test_evidence_begins_its_chain_when_it_is_taken_in(evidence, alice):
    with viewing_as(alice):
        step = EvidenceStep.objects.get()
    told = (step.kind, step.from_whom, step.place, step.seal_number)
    assert told == ("received", "PO Cruz", "Safe 2", "A-17")
    assert (step.position, step.recorded_by) == (1, alice)


def test_each_entry_follows_the_one_before(evidence, alice, lawyer):
    step = handed_over(evidence, lawyer)
    assert step.position == 2
    with viewing_as(alice):
        assert first_broken(evidence) is None
    events = Event.objects.filter(verb="evidence.record").order_by("id")
    assert [event.detail["kind"] for event in events] == ["received", "handed_over"]
    assert events[1].detail["digest"] == step.digest


def test_an_entry_cannot_be_changed_in_the_database(evidence, alice):
    with viewing_as(alice), pytest.raises(Exception, match="only added to|permission denied"):
        EvidenceStep.objects.update(from_whom="Somebody else")


def test_a_chain_that_was_changed_past_everything_is_found_and_named(evidence, alice, client, monkeypatch):
    handed_over(evidence, alice)
    with viewing_as(alice):
        changed = EvidenceStep.objects.get(position=1)
        changed.from_whom = "Somebody else"
        monkeypatch.setattr(
            "documents.actions.evidence.EvidenceStep.objects",
            Fixed([changed, EvidenceStep.objects.get(position=2)]),
        )
        assert first_broken(evidence).position == 1


class Fixed:
    """Rows as somebody left them who could write past the trigger."""

    def __init__(self, rows):
        self.rows = rows

    def filter(self, **_facts):
        return self

    def order_by(self, *_names):
        return self.rows


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "stolen"}, "kind"),
        ({"to_whom": " "}, "to_whom"),
        ({"kind": "received"}, "from_whom"),
        ({"kind": "corrected", "why": ""}, "why"),
        ({"happened_at": timezone.now() + timezone.timedelta(days=1)}, "happened_on"),
    ],
)
def test_what_an_entry_cannot_do_without(evidence, alice, facts, field):
    with pytest.raises(IllegalMove) as refused:
        handed_over(evidence, alice, **facts)
    assert refused.value.field == field


def test_only_evidence_has_a_chain(case, alice):
    document = kept(case, alice)
    with pytest.raises(IllegalMove):
        handed_over(document, alice)
    with viewing_as(alice), pytest.raises(IllegalMove):
        open_sheet(document.pk, by=alice, now=timezone.now())


def test_evidence_needs_somebody_it_came_from(client, case, alice):
    with pytest.raises(IllegalMove) as refused:
        kept(case, alice, evidence=True)
    assert refused.value.field == "from_whom"


def test_an_entry_on_the_screen_in_the_time_of_the_office(client, evidence, alice):
    client.force_login(alice)
    address = reverse("documents:evidence-record", args=[evidence.pk])
    assert "Entries are never changed" in client.get(address).content.decode()
    answers = {"kind": "stored", "place": "Safe 3", "happened_on": "2026-01-05", "happened_time": "09:30"}
    assert client.post(address, answers).status_code == 302
    with viewing_as(alice):
        step = EvidenceStep.objects.get(position=2)
    assert step.happened_at.isoformat() == "2026-01-05T01:30:00+00:00"
    page = client.get(reverse("documents:document-detail", args=[evidence.pk])).content.decode()
    assert "Kept: Safe 3" in page
    assert "Mon 5 January 2026, 09:30" in page
    answers = {"kind": "stored", "happened_on": "2999-01-01", "place": "Safe"}
    response = client.post(address, answers)
    assert response.status_code == 422
    assert "This moment has not come yet" in response.content.decode()


def test_without_a_time_an_entry_is_of_now_or_of_the_day(client, evidence, alice):
    client.force_login(alice)
    address = reverse("documents:evidence-record", args=[evidence.pk])
    client.post(address, {"kind": "stored", "place": "Safe 3"})
    client.post(address, {"kind": "stored", "place": "Safe 4", "happened_on": "2026-01-05"})
    with viewing_as(alice):
        _first, now, day = EvidenceStep.objects.order_by("position")
    assert timezone.now() - now.happened_at < timezone.timedelta(minutes=5)
    assert day.happened_at.isoformat() == "2026-01-04T16:00:00+00:00"


def test_the_sheet_shows_the_chain_and_is_written_down(client, evidence, alice):
    handed_over(evidence, alice)
    client.force_login(alice)
    page = client.get(reverse("documents:evidence-sheet", args=[evidence.pk])).content.decode()
    for word in (
        "PO Cruz",
        "A-17",
        "Maria Santos.pdf",
        "To: Court",
        "Printed for Alice",
        evidence.fingerprint,
    ):
        assert word in page
    assert "does not hold" not in page
    assert Event.objects.filter(verb="evidence.open").count() == 1


def test_the_sheet_of_what_is_no_evidence_is_its_page(client, case, alice):
    document = kept(case, alice)
    client.force_login(alice)
    response = client.get(reverse("documents:evidence-sheet", args=[document.pk]))
    assert response["Location"] == reverse("documents:document-detail", args=[document.pk])


def test_the_kinds_are_named():
    assert StepKind.RECEIVED.label == "Received"
