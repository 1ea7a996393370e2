"""The live case of the demonstration, made through the actions as on any day."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.demo import make_people
from accounts.roles import Role
from accounts.scope import viewing_as
from casefiles import demo
from cases.gates import shut_gates
from cases.models import Case, RiskNote
from operations.models import Operation
from prosecutions.models import BailOrder, Hearing


@pytest.fixture
def live(db):
    """The lawyer of the live case; loading twice makes it once."""
    demo.make_offices()
    make_people()
    for _time in range(2):
        demo.live_facts(timezone.now())
    return demo.colleague(Role.LAWYER)


def test_the_live_case_shows_a_risk_an_approved_operation_and_open_gates(client, live):
    with viewing_as(live):
        case = Case.objects.get(external_id=demo.LIVE)
        operation = Operation.objects.get()
        assert RiskNote.objects.get().level == "high"
        assert operation.plan_approved
        assert operation.safeguarding_checked
        assert operation.outcome == "success"
        assert shut_gates(case, "legal", "relief", live) == []
        assert shut_gates(case, "legal", "pre_trial", live) == []
    client.force_login(live)
    page = client.get(reverse("desk:case-page", args=[case.pk])).content.decode()
    assert "High risk" in page


def test_the_day_of_the_drivers_bail_stands_in_the_calendar(live):
    with viewing_as(live):
        bail = BailOrder.objects.get(status="SOUGHT")
        hearing = Hearing.objects.get(purpose="bail")
        assert (hearing.on, hearing.local_time) == (bail.heard_on, bail.heard_time)
