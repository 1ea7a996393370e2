"""Where a webhook may lead: through the real door to a real server, and never inside."""

from functools import partial

import pytest
from django.utils import timezone

from audit.actions import record
from cases.states import IllegalMove
from hooks import actions, sending
from hooks.models import Webhook
from ijm_cases import outgoing
from tests.factories import NoteMake
from tests.ijm_cases.test_outgoing import HOST, listener, resolving, trust  # noqa: F401

CHECKED = outgoing.is_public


@pytest.mark.parametrize(
    "url",
    [
        f"http://{HOST}/", "https://elsewhere.example.org/", "https://127.0.0.1/", "https://[::1]/",
        f"https://{HOST}:8443/", f"https://me:word@{HOST}/", "https://169.254.169.254/latest/", "file:///etc",
    ],
)  # fmt: skip
def test_an_address_that_may_not_be_called_is_not_even_kept(director, looking, url):
    with looking(director), pytest.raises(IllegalMove) as why:
        actions.add_hook(director.pk, by=director, now=timezone.now(), label="x", url=url, verbs=["note.*"])
    assert why.value.field == "url"
    assert not Webhook.objects.exists()


@pytest.fixture
def told(case, director, looking):
    """A webhook that leads to this path of this server, and something to tell."""

    def make(port, path):
        with looking(director):
            hook = actions.add_hook(
                director.pk, by=director, now=timezone.now(), label="x",
                url=f"https://{HOST}:{port}{path}", verbs=["note.*"],
            )  # fmt: skip
            record("note.add", by=director, subject=NoteMake(case=case))
        Webhook.objects.update(past_xid=0, past_id=0)
        return hook

    return make


def test_a_real_server_is_told_over_https_at_the_address_that_was_checked(told, listener, trust):  # noqa: F811
    hook = told(listener.server_port, "/")
    answers = [resolving("127.0.0.1"), resolving("127.0.0.2")]

    def rebinding(host, port, **how):
        return answers.pop(0)(host, port, **how)

    assert sending.send_due(post=partial(outgoing.post, resolve=rebinding, context=trust[0])) == 1
    assert len(answers) == 1, "the name was looked up again after it had been checked"
    assert hook.deliveries.get().answer == 200
    assert [path for path, _body in listener.heard] == ["/"]


@pytest.mark.parametrize("path", ["/moved", "/long", "/slow"])
def test_a_hostile_server_is_followed_nowhere_and_holds_nobody_up(
    told, listener, trust, monkeypatch, path,  # noqa: F811
):  # fmt: skip
    monkeypatch.setattr(outgoing, "SECONDS", 0.3)
    hook = told(listener.server_port, path)
    post = partial(outgoing.post, resolve=resolving("127.0.0.1"), context=trust[0])
    assert sending.send_due(post=post) == 0
    assert [heard for heard, _body in listener.heard] == [path]
    assert hook.deliveries.get().state == "queued"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "fd00::1"])
def test_a_name_that_leads_inside_is_told_nothing(told, listener, trust, monkeypatch, address):  # noqa: F811
    monkeypatch.setattr(outgoing, "is_public", CHECKED)
    hook = told(listener.server_port, "/")
    post = partial(outgoing.post, resolve=resolving(address), context=trust[0])
    assert sending.send_due(post=post) == 0
    assert listener.heard == []
    hook.refresh_from_db()
    assert (hook.deliveries.get().answer, hook.failures) == (None, 1)
