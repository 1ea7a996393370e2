"""Names leave only with the consent of each, a second person, and a line in each survivor's own trail."""

import pytest
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from exchange import actions
from exchange.building import build_waiting
from exchange.states import ExportState
from survivors.actions import edit_identity
from tests.exchange.conftest import latest, taken
from tests.factories import ConsentMake, SurvivorMake


@pytest.fixture
def people(case, safeguarding_lead):
    """One who agreed, one who did not, and one without a name on record."""
    agreed, unasked, nameless = (SurvivorMake(case=case) for _one in range(3))
    ConsentMake(case=case, survivor=agreed, purpose="legal_support")
    ConsentMake(case=case, survivor=nameless, purpose="legal_support")
    with viewing_as(safeguarding_lead):
        for person, name in ((agreed, "Maria Santos"), (unasked, "Ana Reyes")):
            edit_identity(person.pk, by=safeguarding_lead, now=timezone.now(), own_name=name, latin_name=name)
    return agreed, unasked, nameless


def test_names_leave_for_those_who_agreed(asked, client, signed_in, people, director, legal_lead):
    agreed, unasked, nameless = people
    export = asked(director, kind="identities", purpose="court", receiver="RTC 10")
    assert export.status == ExportState.WAITING
    assert not Event.objects.filter(verb="identity.open").exists()
    with viewing_as(legal_lead):
        actions.approve_export(export.pk, by=legal_lead, now=timezone.now())
    assert build_waiting() == 1
    signed_in(director)
    export = latest(director)
    content = taken(client, export).decode()
    assert "Maria Santos" in content
    assert "Ana Reyes" not in content
    reasons = {line["survivor"]: line["reason"] for line in export.left_out}
    assert reasons == {str(unasked.pk): "never_asked", str(nameless.pk): "no_name"}
    opened = Event.objects.filter(verb="identity.open")
    assert [(event.actor_id, event.subject_id) for event in opened] == [(director.pk, str(agreed.pk))]


def test_the_page_of_the_export_shows_no_name(asked, client, people, director):
    export = asked(director, kind="identities", purpose="court", receiver="RTC 10")
    page = client.get(export.get_absolute_url()).content.decode()
    assert "Maria Santos" not in page
    assert "Ana Reyes" not in page


def test_whoever_may_not_open_identities_is_not_offered_names(signed_in, case, office):
    from accounts.roles import Role  # noqa: PLC0415
    from tests.people import person  # noqa: PLC0415

    client = signed_in(person(Role.REGIONAL_DIRECTOR, office))
    page = client.get("/exchange/export/add/").content.decode()
    assert 'value="survivors"' in page
    assert 'value="identities"' not in page
