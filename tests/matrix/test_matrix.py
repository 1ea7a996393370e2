"""Everybody against every address: the one table of who gets what.

`table.csv` is written down, not worked out: one line for each route and method, one column for each kind of
person. A route without a line fails. 404: outside the need to know nothing exists. 403: inside, without the
verb. 302 of `anonymous`, `left` and `no_factor` leads to the door.
"""

import os

import pytest
from django.http import HttpResponse

from ijm_cases import urls
from tests.matrix.walk import ask, routes, table

ROUTES = routes()
COLUMNS = (
    "caseworker", "investigator", "lawyer", "paralegal", "social_worker", "legal_lead", "safeguarding_lead",
    "office_director", "regional_director", "global_director", "administrator", "auditor", "partner",
    "shared", "colleague", "stranger", "director_team", "director_sealed", "named_sealed", "ended", "expired",
    "breaking", "deputy_team", "deputy_sealed", "duty", "other_verbs", "anonymous", "left", "no_factor",
)  # fmt: skip


# Forms are sent by those whom they are not for; for the others the form decides, and has tests of its own.
SENDERS = {
    "paralegal", "administrator", "auditor", "partner", "colleague", "stranger", "director_sealed", "ended",
    "expired", "deputy_sealed", "anonymous", "left", "no_factor",
}  # fmt: skip

# What is particular to these is how they come to see a case or not, which is one rule for every address: each
# tries every seventh, so that each address meets one of either kind. Everybody else
# tries half of the pages and a third of the nouns of the API. `make matrix` lets all try all.
SEVENTHS = {
    name: place
    for names in (
        ("ended", "expired", "director_sealed", "deputy_sealed", "colleague", "no_factor", "left"),
        ("breaking", "deputy_team", "duty", "director_team", "named_sealed", "shared", "other_verbs"),
    )
    for place, name in enumerate(names)
}


def asked_of(name):
    """The routes that this person tries."""
    read = {(route.name, route.also) for route in ROUTES if route.method == "GET"}
    tried = [
        route
        for route in ROUTES
        if route.method == "GET" or name in SENDERS or (route.name, route.also) not in read
    ]
    if os.environ.get("MATRIX_WHOLE"):
        return tried
    if name in SEVENTHS:
        return tried[SEVENTHS[name] :: 7]
    place = COLUMNS.index(name)
    nouns = [route for route in tried if route.address.namespace == "api"]
    pages = [route for route in tried if route.address.namespace != "api"]
    return pages[place % 2 :: 2] + nouns[place % 3 :: 3]


@pytest.fixture(autouse=True)
def plain_refusals(monkeypatch):
    """What a refusal says is the same for every address, and looked at in test_hidden_is_nothing.py."""
    monkeypatch.setattr(urls, "handler403", refused(403), raising=False)
    monkeypatch.setattr(urls, "handler404", refused(404), raising=False)


def refused(status):
    return lambda request, exception=None: HttpResponse("refused", status=status)


def test_every_route_has_a_line_and_every_line_a_route():
    written, there = set(table()), {route.key for route in ROUTES}
    assert there - written == set(), "routes without a line"
    assert written - there == set(), "lines without a route"
    assert all(tuple(row) == COLUMNS for row in table().values())


@pytest.mark.parametrize("name", COLUMNS)
def test_everybody_gets_what_the_table_says(world, name):
    expected, wrong, told = table(), {}, {}
    hidden = [word.encode() for word in world.hidden_from(name)]
    got = {}
    for route in new_to(name, expected) if os.environ.get("MATRIX_OUT") else asked_of(name):
        answer = ask(world, name, route, route.path(world, world.about[name]))
        got[route.key] = str(answer.status_code)
        if expected.get(route.key, {}).get(name) != got[route.key]:
            wrong[route.key] = (expected.get(route.key, {}).get(name), got[route.key])
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        said = body + repr(sorted(answer.headers.items())).encode()
        if any(word in said for word in hidden):
            told[route.key] = [word for word in hidden if word in said]
    if os.environ.get("MATRIX_OUT"):
        keep(name, got)
    assert told == {}, "what she may not see was told"
    assert wrong == {}


def new_to(name, written):
    """The routes of which the table says nothing yet for this person."""
    everything = bool(os.environ.get("MATRIX_ALL"))
    os.environ["MATRIX_WHOLE"] = "1"
    return [route for route in asked_of(name) if everything or not written.get(route.key, {}).get(name)]


def keep(name, got):
    """For whoever writes new lines: what it says today, to be read and judged before it becomes the table."""
    with open(os.path.join(os.environ["MATRIX_OUT"], name), "w", encoding="utf-8") as out:
        out.writelines(f"{key},{status}\n" for key, status in got.items())
