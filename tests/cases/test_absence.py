"""Leave without a deputy: written down in the same form, ended in the same list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence
from accounts.scope import viewing_as
from audit.models import Event
from cases.actions import set_absence
from cases.states import IllegalMove

DAY = timedelta(days=1)
SET = reverse("cases:deputy-set")


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
