"""A long journey with values that exist nowhere else; then everything it left is searched for them."""

import io
import json
import logging
import os
from pathlib import Path

import psycopg2
import pytest
import redis
from django.conf import settings as conf
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from accounts.roles import Role
from audit.models import Event
from notifications.sending import send_due
from notifications.sweeping import sweep_once
from reference.logs import WithoutValues
from tests.leaks.canaries import SEALED, SENSITIVE, Net, plant
from tests.people import just_confirmed, on_case, person

ALL = {**SEALED, **SENSITIVE}
QUIET = ("logs", "mails", "addresses", "broker", "files", "audit", "failures")


@pytest.fixture
def net():
    return Net()


@pytest.fixture
def logs(net):
    """What the product's handler writes, at a level far chattier than in production."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(WithoutValues())
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)


class Traveller:
    """A browser whose addresses are kept, and its pages: `pages`, or `opened` where they show something."""

    def __init__(self, client, net, superuser):
        self.client, self.net, self.superuser = client, net, superuser

    def go(self, path, data=None, *, opens=False, expect=(200,), **extra):
        answer = self.client.post(path, data, **extra) if data is not None else self.client.get(path, **extra)
        assert answer.status_code in expect, (path, answer.status_code)
        self.net.keep("addresses", f"{path} {answer.headers.get('Location', '')}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self.net.keep("opened" if opens else "failures" if answer.status_code >= 500 else "pages", body)
        self.net.keep("addresses", str(answer.headers))
        self.net.keep("activity", running(self.superuser))
        return answer


def running(address):
    """The statements in this test's own database, as they show to whoever may look at them all."""
    with psycopg2.connect(address) as superuser, superuser.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(query, E'\\n') FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = %s",
            [connection.settings_dict["NAME"]],
        )
        return cursor.fetchone()[0] or ""


def in_the_broker():
    """All keys and values of broker and cache."""
    store = redis.Redis.from_url(conf.REDIS_URL)
    readers = {
        b"string": store.get, b"hash": store.hgetall, b"set": store.smembers,
        b"list": lambda key: store.lrange(key, 0, -1), b"zset": lambda key: store.zrange(key, 0, -1),
    }  # fmt: skip
    for key in store.scan_iter("*"):
        reader = readers.get(store.type(key))
        yield f"{key} {reader(key) if reader else ''}"


@pytest.fixture
def world(case, social_worker, database_roles):
    """The case with its canaries, and people who work on it."""
    survivor, care, stay = plant(case, social_worker)
    lawyer = on_case(person(Role.LAWYER, case.office), case, Role.LAWYER)
    return {"case": case, "survivor": survivor, "care": care, "stay": stay, "lawyer": lawyer}


def journey(tour, world, social_worker, monkeypatch):
    """What people do in a week, with the mistakes they make."""
    case, survivor, care, stay = world["case"], world["survivor"], world["care"], world["stay"]
    tour.go(reverse("account_reset_password"), {"email": social_worker.email}, expect=(302,))
    just_confirmed(tour.client, social_worker)
    look_round(tour, case, survivor, care)
    open_and_search(tour, survivor, stay)
    err(tour, survivor, monkeypatch)
    upload(tour, case)
    just_confirmed(tour.client, world["lawyer"])
    look_round(tour, case, survivor, None)


def look_round(tour, case, survivor, care):
    for name, pk in (
        ("desk:home", None), ("desk:case-page", case.pk), ("cases:case-list", None),
        ("survivors:survivor-list", None), ("survivors:survivor-detail", survivor.pk),
        ("survivors:identity-search", None), ("notifications:inbox-list", None),
        *([("aftercare:care-list", None), ("aftercare:care-detail", care.pk)] if care else ()),
    ):  # fmt: skip
        tour.go(reverse(name, args=[pk] if pk else []))
    tour.go(reverse("survivors:survivor-list", query={"case": case.pk}))


def open_and_search(tour, survivor, stay):
    identity = reverse("survivors:identity-open", args=[survivor.pk])
    tour.go(identity)
    for part in ("names", "birth", "contacts", "numbers"):
        tour.go(identity, {"show": part}, opens=True)
    tour.go(reverse("survivors:identity-edit", args=[survivor.pk]), opens=True)
    tour.go(reverse("aftercare:shelter-open", args=[stay.pk]))
    tour.go(reverse("aftercare:shelter-open", args=[stay.pk]), {}, opens=True)
    for name in ("latin_name", "own_name", "phones", "number"):
        tour.go(reverse("survivors:identity-search"), {"q": SEALED[name]})
    tour.go(reverse("desk:search"), {"q": SEALED["latin_name"]}, opens=True)


def err(tour, survivor, monkeypatch):
    """404, 409, 422 and 500, with canaries in what is sent and in what the database complains of."""
    edit = reverse("survivors:identity-edit", args=[survivor.pk])
    whole = {"version": "1", "latin_name": SEALED["latin_name"], "phones": SEALED["phones"]}
    tour.go(edit, {**whole, "version": "99"}, opens=True, expect=(409,))
    tour.go(edit, {**whole, "born": SEALED["latin_name"]}, opens=True, expect=(422,))
    tour.go(f"/survivors/survivor/{survivor.case_id}/identity/", expect=(404,))
    tour.client.raise_request_exception = False
    for statement in ("SELECT %s::uuid", "INSERT INTO accounts_office (id, key, name) VALUES (1, %s, NULL)"):

        def complain(*args, statement=statement, **kwargs):
            with connection.cursor() as cursor:
                cursor.execute(statement, [SEALED["latin_name"]])

        with monkeypatch.context() as patched:
            patched.setattr("survivors.views.identity.actions.edit_identity", complain)
            tour.go(edit, whole, expect=(500,))

    def refuse(*args, **kwargs):
        raise ValueError(f"cannot read {SEALED['address']}")

    with monkeypatch.context() as patched:
        patched.setattr("survivors.views.identity.actions.search_identities", refuse)
        tour.go(reverse("survivors:identity-search"), {"q": SEALED["number"]}, expect=(500,))


def upload(tour, case):
    file = SimpleUploadedFile(f"{SEALED['latin_name']}.txt", b"plain words", "text/plain")
    facts = {"file": file, "title": "Statement", "kind": "other"}
    tour.go(reverse("documents:document-add", args=[case.pk]), facts, expect=(200, 302, 422), opens=True)


def gather(net, logs, settings):
    net.keep("logs", logs.getvalue())
    for letter in mail.outbox:
        net.keep("mails", letter.message().as_string())
    for line in in_the_broker():
        net.keep("broker", line)
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        net.keep("files", path)
        if path.is_file():
            net.keep("file contents", path.read_bytes())
    for event in Event.objects.all():
        net.keep("audit", f"{event.subject} {event.subject_id} {json.dumps(event.detail)}")


@pytest.fixture
def travelled(client, world, social_worker, net, logs, settings, monkeypatch, database_roles):
    """The net after the journey, with alerts swept and mails sent."""
    tour = Traveller(client, net, os.environ["DATABASE_URL"])
    journey(tour, world, social_worker, monkeypatch)
    sweep_once()
    send_due()
    gather(net, logs, settings)
    return net


@pytest.mark.django_db
def test_nothing_that_names_a_survivor_is_left_anywhere(travelled):
    assert travelled.finds(ALL, places=QUIET) == []
    assert travelled.finds(SEALED, places=("pages", "activity", "file contents")) == []


@pytest.mark.django_db
def test_the_journey_went_where_it_should(travelled):
    """Else the test above would be content with an empty net."""
    seen = {name for _place, name in travelled.finds(SEALED, places=("opened",))}
    assert seen == SEALED.keys()
    assert "29 March 2009" in travelled.texts["opened"]
    assert {name for _p, name in travelled.finds(SENSITIVE, places=("pages",))} >= {
        "pseudonym",
        "note",
        "task",
    }
    for place in ("logs", "mails", "audit", "addresses", "activity", "failures"):
        assert travelled.texts[place].strip(), place
    assert "DataError" in travelled.texts["logs"]
    assert "IntegrityError" in travelled.texts["logs"]


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_planted_leak_is_found(net, name):
    for form in (f"before {ALL[name]} after", f"hex {ALL[name].encode().hex()}", json.dumps(ALL[name])):
        leaking = Net()
        leaking.keep("logs", form)
        assert leaking.finds(ALL) == [("logs", name)]


@pytest.mark.django_db
def test_a_leak_planted_in_the_log_of_a_journey_is_found(client, world, social_worker, net, logs, settings):
    logging.getLogger("survivors").warning("opened %s", SEALED["latin_name"])
    gather(net, logs, settings)
    assert net.finds(ALL, places=QUIET) == [("logs", "latin_name")]
