"""The same headers on every answer, and nothing that another site sends is acted on."""

import uuid

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

EVERY = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}
ELSEWHERE = {"HTTP_SEC_FETCH_SITE": "cross-site"}
LINK = ELSEWHERE | {"HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_DEST": "document"}
SAMPLE_KEYS = (
    {},
    {"pk": uuid.UUID(int=7)},
    {"pk": 7},
    {"name": "seven"},
    {"slug": "seven"},
    {"key": "seven"},
    {"uidb36": "0", "key": "set-password"},
)


# The script of a browser's notices holds nothing of anybody: it may be kept, but is asked for anew each time.
KEPT = {"/push-worker.js": "no-cache"}


def names(resolver=None, space=""):
    """The full name of every address there is, other people's apps included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{space}{pattern.name}"
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern, inner)


def paths():
    """One path for each address that can be built from sample keys."""
    found = {}
    for name in names():
        for keys in SAMPLE_KEYS:
            try:
                found[name] = reverse(name, kwargs=keys)
                break
            except NoReverseMatch:
                continue
    return found


def missing(answer):
    """What an answer lacks of the whole set."""
    lacking = {name for name, value in EVERY.items() if answer.get(name) != value}
    policy = answer.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or not ("frame-ancestors 'none'" in policy or "sandbox" in policy):
        lacking.add("Content-Security-Policy")
    if "unsafe" in policy or "*" in policy or "http" in policy:
        lacking.add("a strict Content-Security-Policy")
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        lacking.add("Permissions-Policy")
    return lacking


def test_most_addresses_can_be_tried():
    assert len(paths()) > 0.8 * len(set(names()))


def test_every_address_answers_with_the_whole_set_to_a_stranger(client, db):
    faults = {path: missing(client.get(path)) for path in paths().values()}
    assert {path: lacking for path, lacking in faults.items() if lacking} == {}


def test_every_address_answers_with_the_whole_set_to_a_person(alice, case):
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    faults = {}
    for name, path in paths().items():
        if name == "account_logout":
            continue
        answer = client.get(path)
        if lacking := missing(answer):
            faults[path] = lacking
        kept = answer.get("Cache-Control", "")
        if kept != KEPT[path] if path in KEPT else "no-store" not in kept:
            faults.setdefault(path, set()).add("Cache-Control")
    assert faults == {}


@pytest.mark.parametrize(
    ("path", "extra", "status"),
    [
        ("/no/such/page/", {}, 404),
        ("/static/no-such-file.css", {}, 404),
        ("/api/v1/no-such-thing/", {}, 404),
        ("/api/v1/cases/", {}, 401),
        ("/", {"HTTP_HOST": "elsewhere.example"}, 400),
        ("/", ELSEWHERE, 403),
    ],
)
def test_refusals_carry_the_whole_set(client, db, path, extra, status):
    answer = client.get(path, **extra)
    assert (answer.status_code, missing(answer)) == (status, set())
    assert "no-store" in answer["Cache-Control"]


def test_a_fault_of_ours_carries_the_whole_set(db, monkeypatch):
    def broken(_request):
        raise RuntimeError("a fault")

    monkeypatch.setattr("ijm_cases.health.database_state", lambda: broken(None))
    answer = Client(raise_request_exception=False).get("/healthz/")
    assert (answer.status_code, missing(answer)) == (500, set())


def test_a_form_without_its_token_is_refused_with_the_whole_set(db):
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a", "password": "b"})
    assert (answer.status_code, missing(answer)) == (403, set())


def test_static_files_carry_the_whole_set_and_may_be_kept(tmp_path, settings):
    (tmp_path / "a.css").write_text("p{}")
    settings.STATIC_ROOT = tmp_path
    answer = Client().get("/static/a.css")
    assert (answer.status_code, missing(answer)) == (200, set())
    assert "no-store" not in answer["Cache-Control"]


def test_a_link_from_a_mail_opens_its_page(client, alice):
    client.force_login(alice)
    assert client.get(reverse("cases:case-list"), **LINK).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("mode", ["navigate", "no-cors", "cors"])
def test_nothing_that_another_site_sends_is_acted_on(client, alice, site, mode):
    client.force_login(alice)
    answer = client.post(reverse("account_logout"), HTTP_SEC_FETCH_SITE=site, HTTP_SEC_FETCH_MODE=mode)
    assert answer.status_code == 403
    assert client.get(reverse("cases:case-list")).status_code == 200


@pytest.mark.parametrize(
    "how",
    [
        {"HTTP_SEC_FETCH_MODE": "no-cors", "HTTP_SEC_FETCH_DEST": "image"},
        {"HTTP_SEC_FETCH_MODE": "cors", "HTTP_SEC_FETCH_DEST": "empty"},
        {"HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_DEST": "iframe"},
        {"HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_DEST": "object"},
    ],
)
def test_another_site_cannot_embed_or_fetch_a_page(client, alice, how):
    client.force_login(alice)
    assert client.get(reverse("cases:case-list"), **ELSEWHERE, **how).status_code == 403


def test_our_own_forms_and_programs_without_a_browser_are_let_through(client, alice):
    client.force_login(alice)
    assert client.post(reverse("account_logout"), HTTP_SEC_FETCH_SITE="same-origin").status_code == 302
    client.force_login(alice)
    assert client.post(reverse("account_logout")).status_code == 302
