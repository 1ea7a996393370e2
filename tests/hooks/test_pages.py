"""Webhooks on their pages, for those who keep them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from hooks.models import Delivery, Webhook
from hooks.signing import shown
from tests.hooks.conftest import HOST
from tests.people import just_confirmed, person


@pytest.fixture
def page(client, administrator):
    just_confirmed(client, administrator)
    return client


def press(client, name, hook):
    return client.post(reverse(f"hooks:{name}", args=[hook.pk]))


def test_a_webhook_is_made_shown_paused_changed_and_ended(page, administrator, director):
    page.get(reverse("hooks:hook-list"))
    assert "OUTGOING_HOSTS" in page.get(reverse("hooks:hook-add")).content.decode()
    facts = {
        "label": "Court diary",
        "owner": director.pk,
        "url": f"https://{HOST}/in",
        "verbs": ["hearing.*"],
    }
    wrong = page.post(reverse("hooks:hook-add"), facts | {"url": "https://127.0.0.1/"})
    assert (wrong.status_code, Webhook.objects.count()) == (422, 0)
    assert page.post(reverse("hooks:hook-add"), facts).status_code == 302
    hook = Webhook.objects.get()
    secret = shown(hook.secrets(timezone.now())[0])
    assert secret not in page.get(hook.get_absolute_url()).content.decode()
    ask = reverse("hooks:hook-secret", args=[hook.pk])
    assert secret not in page.get(ask).content.decode()
    told = page.post(ask)
    assert secret in told.content.decode()
    assert "no-store" in told["Cache-Control"]
    assert secret.removeprefix("whsec_").encode() not in bytes(hook.secret)
    press(page, "hook-pause", hook)
    assert "Paused" in page.get(reverse("hooks:hook-list")).content.decode()
    press(page, "hook-resume", hook)
    press(page, "hook-rotate", hook)
    hook.refresh_from_db()
    assert shown(hook.secrets(timezone.now())[0]) != secret
    assert shown(hook.secrets(timezone.now())[1]) == secret
    page.get(reverse("hooks:hook-end", args=[hook.pk]))
    assert press(page, "hook-end", hook).status_code == 302
    hook.refresh_from_db()
    assert (bool(hook.ended_at), bytes(hook.secret)) == (True, b"")
    assert press(page, "hook-resume", hook).status_code == 302
    assert [event.verb for event in Event.objects.filter(subject="hooks.Webhook").order_by("pk")] == [
        "hook.add", "hook.open", "hook.pause", "hook.resume", "hook.rotate", "hook.end",
    ]  # fmt: skip


def test_how_the_latest_messages_fared_is_shown_at_the_price_of_one(
    page, hook_of, director, django_assert_max_num_queries
):
    hook = hook_of(director)
    hook.deliveries.model.objects.bulk_create(
        Delivery(webhook=hook, event_id=number, state=state, answer=code, error=error)
        for number, (state, code, error) in enumerate(
            [("sent", 204, ""), ("dead", 422, ""), ("queued", None, "TimeoutError")] * 5
        )
    )
    with django_assert_max_num_queries(12):
        told = page.get(hook.get_absolute_url()).content.decode()
    assert all(word in told for word in ("answered 422", "TimeoutError", "Try 5 again"))
    press(page, "hook-resend", hook)
    assert not hook.deliveries.filter(state="dead").exists()
    assert "10 messages wait" in page.get(reverse("hooks:hook-list")).content.decode()


def test_only_those_who_keep_webhooks_see_them_and_the_secret_takes_a_fresh_sign_in(
    client, hook_of, director, administrator
):
    hook = hook_of(director)
    client.force_login(director)
    assert client.get(reverse("hooks:hook-list")).status_code == 403
    assert client.get(reverse("hooks:hook-detail", args=[hook.pk])).status_code == 403
    client.force_login(administrator)
    assert "reauthenticate" in client.get(reverse("hooks:hook-secret", args=[hook.pk]))["Location"]


def test_nobody_without_cases_lends_her_eyes(page, administrator, office):
    auditor = person(Role.AUDITOR)
    body = page.get(reverse("hooks:hook-add")).content.decode()
    assert str(auditor.pk) not in body
    assert str(administrator.pk) not in body
