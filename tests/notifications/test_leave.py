"""Leave without a deputy while hearings take place: she and her lead hear of it, until somebody covers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Deputy
from accounts.scope import viewing_as
from cases.actions import end_absence, set_absence
from prosecutions.models import Hearing
from tests.factories import HearingMake
from tests.notifications.conftest import alerts, inbox

DAY = timedelta(days=1)


def leave(user):
    now = timezone.now()
    period = {"starts_at": now + DAY, "until": now + 5 * DAY}
    with viewing_as(user):
        return set_absence(by=user, now=now, person=user, **period)


def hearing(case, user, days):
    begins = timezone.now() + days * DAY
    return HearingMake(case=case, starts_at=begins, on=f"{begins:%Y-%m-%d}", who_goes=user)


@pytest.mark.parametrize("by", ["a deputy", "somebody else goes", "back at work"])
def test_she_and_her_lead_hear_of_hearings_that_nobody_covers(case, lawyer, legal_lead, colleague, sweep, by):
    hearing(case, lawyer, 3)
    row = leave(lawyer)
    sweep()
    assert "A3" in inbox(lawyer)
    assert "A3" in inbox(legal_lead)
    assert case.number not in str(alerts(rule="A3")[0].facts)
    with viewing_as(lawyer):
        if by == "a deputy":
            Deputy.objects.create(
                person=lawyer, deputy=colleague, named_by=lawyer, starts_at=row.starts_at, until=row.until
            )
        elif by == "somebody else goes":
            Hearing.objects.update(who_goes=legal_lead)
        else:
            end_absence(row.pk, by=lawyer, now=timezone.now())
    sweep()
    assert [alert.state for alert in alerts(rule="A3")] == ["closed"]
