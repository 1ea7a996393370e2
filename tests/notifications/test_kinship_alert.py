from django.utils import timezone

from accounts.scope import system_access, viewing_as
from notifications.actions import open_from_events
from notifications.models import Alert, Handled
from survivors.actions import add_kinship
from tests.factories import AccusedMake, SurvivorMake


def test_a_survivor_related_to_an_accused_alerts_the_team(case, alice, social_worker):
    survivor, accused = SurvivorMake(case=case), AccusedMake(case=case)
    with viewing_as(alice):
        add_kinship(survivor.pk, by=alice, now=timezone.now(), relation="uncle", who=accused.key)
    with system_access("reminders", "a test sweeps") as sweeper:
        open_from_events(by=sweeper, now=timezone.now())
        assert list(Alert.objects.values_list("rule", flat=True)) == ["O6"]
        assert not Handled.objects.exclude(error="").exists()
