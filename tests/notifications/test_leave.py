"""Leave without a deputy while hearings take place: she and her lead hear of it, until somebody covers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence, Deputy
from accounts.scope import viewing_as
from audit.models import Event
from cases.actions import end_absence, set_absence
from cases.states import IllegalMove
from prosecutions.models import Hearing
from tests.factories import HearingMake
from tests.notifications.conftest import alerts, inbox

DAY = timedelta(days=1)
SET = reverse("cases:deputy-set")


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


def test_leave_is_written_down_in_the_form_of_deputies_and_ended_in_its_list(
    client, case, lawyer, legal_lead, colleague
):
    client.force_login(lawyer)
    today = timezone.localdate()
    days = {"first": today.isoformat(), "last": (today + 3 * DAY).isoformat()}
    assert client.post(SET, {"person": lawyer.pk, **days}).status_code == 302
    assert client.post(SET, {"person": lawyer.pk, **days}).status_code == 422, "she is away already"
    assert "Bob is away" in client.get(reverse("cases:deputy-list")).content.decode()
    address = reverse("cases:absence-end", args=[Absence.objects.get().pk])
    client.force_login(colleague)
    assert client.post(address).status_code == 404
    with viewing_as(colleague), pytest.raises(IllegalMove, match="Only she herself or a lead"):
        set_absence(by=colleague, now=timezone.now(), person=lawyer, starts_at=timezone.now(),
                    until=timezone.now() + DAY)  # fmt: skip
    client.force_login(legal_lead)
    assert client.post(address).status_code == 302
    assert Absence.objects.get().ended_at
    verbs = Event.objects.filter(verb__startswith="absence.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["absence.set", "absence.end"]
