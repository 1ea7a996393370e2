"""What a monitor outside is told, without signing in and without a word about cases."""

import datetime

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from notifications.models import Beat


@pytest.fixture
def health(client, db):
    return lambda: client.get("/healthz/")


def test_a_system_that_lives_says_so(health):
    answer = health()
    assert answer.status_code == 200
    assert answer.json() == {
        "database": "ok", "broker": "ok", "sweep_age_seconds": None, "seal_lag_seconds": None,
    }  # fmt: skip
    assert "no-store" in answer["Cache-Control"]


def test_it_tells_how_long_ago_the_last_sweep_ended_well(health):
    Beat.objects.update_or_create(
        loop="sweep", defaults={"ok_at": timezone.now() - datetime.timedelta(minutes=7)}
    )
    assert 420 <= health().json()["sweep_age_seconds"] < 480


def test_without_its_broker_it_is_not_well(health, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = health()
    assert (answer.status_code, answer.json()["broker"], answer.json()["database"]) == (503, "down", "ok")


def test_without_its_database_it_is_not_well(health):
    def gone(*_statement):
        raise DatabaseError

    with connection.execute_wrapper(gone):
        answer = health()
    assert answer.status_code == 503
    assert answer.json() == {
        "database": "down", "broker": "ok", "sweep_age_seconds": None, "seal_lag_seconds": None,
    }  # fmt: skip


@pytest.mark.parametrize(("lag", "status"), [(0, 200), (300, 200), (301, 503)])
def test_events_that_wait_too_long_for_their_seal_are_not_well(health, monkeypatch, lag, status):
    monkeypatch.setattr("ijm_cases.health.database_state", lambda: ("ok", 1, lag))
    answer = health()
    assert (answer.status_code, answer.json()["seal_lag_seconds"]) == (status, lag)
