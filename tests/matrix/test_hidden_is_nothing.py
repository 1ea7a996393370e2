"""What one may not see and what does not exist are the same: to the byte, and to the number of queries."""

import json
import os
import uuid

import pytest
from django.db import transaction

from accounts.roles import ROLE_CAN, Can, Role
from tests.matrix.walk import ask, counted, need_of, plain, routes, table
from tests.matrix.world import canary

ROUTES = [route for route in routes() if "pk" in route.address.converters and "." in route.label]
TWO = ["colleague", "director_sealed"]
OF_CASES = [route for route in ROUTES if not route.label.startswith("accounts.")]
# Roles that stand inside their column's case, and so meet 403 where they lack the verb.
INSIDE = {role.value: {role} for role in Role if role not in (Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTNER)}
OUTSIDE = ("administrator", "colleague", "stranger", "director_sealed", "director_team", "ended", "expired")
# Addresses of what is one's own, or is known to fewer than the case: the table says who they are.
NARROWER = {
    "notifications.InboxItem", "cases.Emergency", "accounts.Deputy", "exchange.Export", "exchange.Handover",
    "operations.Insider", "cases.Share", "documents.Document",
}  # fmt: skip


@pytest.mark.parametrize("name", TWO)
def test_a_hidden_record_answers_as_one_that_is_none(world, name):
    differing = {}
    # Each of the two tries half; with `make matrix` both try all.
    for route in OF_CASES if os.environ.get("MATRIX_WHOLE") else OF_CASES[TWO.index(name) :: 2]:
        hidden = world.records[world.about[name]].get(route.label)
        if route.method != "GET" or hidden is None or route.label in NARROWER:
            continue
        paths = [route.path(world, world.about[name], pk) for pk in (hidden, uuid.uuid4())]
        (one, cost), (other, least) = (counted(world, name, route, path) for path in paths)
        if cost != least:  # once a minute a session says that it is alive: ask both again
            (one, cost), (other, least) = (counted(world, name, route, path) for path in paths)
        if (one.status_code, plain(one), cost) != (other.status_code, plain(other), least):
            differing[route.key] = (one.status_code, other.status_code, cost, least)
        assert one.status_code == 404
    assert differing == {}


@pytest.mark.parametrize("name", OUTSIDE)
def test_the_table_says_404_for_every_record_outside_the_need_to_know(name):
    written = table()
    wrong = {
        route.key: written[route.key][name]
        for route in OF_CASES
        if route.label not in NARROWER and written[route.key][name] not in ("404", "")
    }
    # Two addresses are refused before their record, by the kind of the method alone.
    assert {key for key, status in wrong.items() if status != "405"} == set()


@pytest.mark.parametrize("name", sorted(INSIDE))
def test_the_table_says_403_inside_for_every_verb_that_the_role_lacks_and_for_no_other(name):
    held = set().union(*(ROLE_CAN[role] for role in INSIDE[name]))
    written, wrong = table(), {}
    for route in OF_CASES:
        status, need = written[route.key][name], need_of(route)
        if not isinstance(need, Can) or route.label in NARROWER or not status or status == "404":
            continue
        if (status == "403") != (need not in held):
            wrong[route.key] = (status, need)
    # A further verb inside the view: the legal track, the aftercare track.
    assert {key for key in wrong if "track-move" not in key} == set()


def post(world, name, path, data):
    before = transaction.savepoint()
    try:
        return world.clients[name].post(path, data)
    finally:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)


@pytest.mark.parametrize("name", ["colleague", "director_sealed", "stranger", "expired"])
@pytest.mark.parametrize(("path", "field"), [("/search/", "q"), ("/cases/", "text")])
def test_looking_for_a_hidden_word_finds_what_looking_for_nonsense_finds(world, name, path, field):
    word = canary("sealed")
    found = plain(post(world, name, path, {field: word}), word)
    nothing = plain(post(world, name, path, {field: "Z" * len(word)}), "Z" * len(word))
    assert found == nothing


API_LISTS = ("cases", "survivors", "accused", "proceedings", "hearings", "bail-orders", "alerts")


def get(world, name, path):
    return world.clients[name].get(path, HTTP_AUTHORIZATION=f"Token {world.keys[name]}")


@pytest.mark.parametrize("noun", API_LISTS)
@pytest.mark.parametrize("name", ["director_sealed", "stranger"])
def test_a_filter_by_a_hidden_case_is_a_filter_by_none(world, name, noun):
    hidden, none = world.cases["sealed"].pk, uuid.uuid4()
    if noun == "cases":
        return
    one, other = (get(world, name, f"/api/v1/{noun}/?case={key}") for key in (hidden, none))
    assert (one.status_code, plain(one, hidden)) == (other.status_code, plain(other, none))


@pytest.mark.parametrize("noun", API_LISTS)
def test_nothing_can_be_ordered_or_asked_for_by_a_field_that_is_no_filter(world, noun):
    for asked in ("ordering=title", "case__title=x", "summary=x", "office__cases__title=x"):
        assert get(world, "office_director", f"/api/v1/{noun}/?{asked}").status_code == 400


PAGES_OF_A_CASE = (
    "/operations/operation/", "/documents/document/", "/survivors/survivor/", "/prosecutions/accused/",
    "/prosecutions/hearings/", "/aftercare/care/", "/cases/task/", "/cases/note/",
)  # fmt: skip


@pytest.mark.parametrize("name", ["director_sealed", "colleague", "expired"])
@pytest.mark.parametrize("path", PAGES_OF_A_CASE)
def test_a_list_of_a_hidden_case_is_not_there(world, name, path):
    keys = world.cases[world.about[name]].pk, uuid.uuid4()
    one, other = (world.clients[name].get(path, {"case": key}) for key in keys)
    assert (one.status_code, plain(one)) == (other.status_code, plain(other))
    assert one.status_code == 404


def send(world, who, path, **facts):
    before = transaction.savepoint()
    try:
        return world.clients[who].post(
            path, json.dumps(facts, default=str), content_type="application/json",
            HTTP_AUTHORIZATION=f"Token {world.keys[who]}",
        )  # fmt: skip
    finally:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)


SWAPPED = (
    ("/api/v1/hearings/", "proceeding", "prosecutions.Proceeding", {"on": "2030-01-01", "purpose": "plea"}),
    (
        "/api/v1/bail-orders/",
        "accused",
        "prosecutions.Accused",
        {"kind": "regular", "applied_on": "2026-01-01"},
    ),
    ("/api/v1/survivors/", "case", "cases.Case", {"pseudonym": "Ana"}),
    ("/api/v1/accused/", "case", "cases.Case", {"name": "Somebody"}),
)


@pytest.mark.parametrize(("path", "field", "label", "facts"), SWAPPED)
def test_the_key_of_a_hidden_record_in_a_body_is_a_key_of_nothing(world, path, field, label, facts):
    hidden, none = world.records["sealed"][label], uuid.uuid4()
    one, other = (send(world, "office_director", path, **{field: key}, **facts) for key in (hidden, none))
    assert (one.status_code, plain(one, hidden)) == (other.status_code, plain(other, none))
    assert one.status_code in (400, 404)


@pytest.mark.parametrize("about", ["sealed", "team"])
def test_a_child_of_another_case_under_one_s_own_is_a_child_of_nothing(world, about):
    """A goal, an entitlement, a survivor and a person of another case, named under a record of one's own."""
    own, others = world.records["open"], world.records[about]
    for path, label in (
        (f"/aftercare/plan/{own['aftercare.Plan']}/goal/%s/set/", "aftercare.Goal"),
        (f"/aftercare/care/{own['aftercare.Care']}/entitlement/%s/set/", "aftercare.Entitlement"),
    ):
        answers = [
            world.clients["social_worker"].get(path % key).status_code
            for key in (others[label], uuid.uuid4())
        ]
        assert answers == [404, 404]
    body = {"proceeding": own["prosecutions.Proceeding"], "on": "2030-01-01", "purpose": "plea"}
    for field, label in (("called", "survivors.Survivor"),):
        one, other = (
            send(world, "lawyer", "/api/v1/hearings/", **body, **{field: [key]})
            for key in (others[label], uuid.uuid4())
        )
        assert one.status_code == other.status_code
        assert one.status_code in (400, 404)


def test_nobody_puts_somebody_of_no_business_on_a_hearing(world):
    own = world.records["open"]
    body = {"proceeding": own["prosecutions.Proceeding"], "on": "2030-01-01", "purpose": "plea"}
    stranger, none = world.people["stranger"].pk, uuid.uuid4()
    one, other = (
        send(world, "lawyer", "/api/v1/hearings/", **body, who_goes=key) for key in (stranger, none)
    )
    assert (one.status_code, plain(one, stranger)) == (other.status_code, plain(other, none))


def test_the_tool_sees_a_planted_hole(world):
    """Somebody inside gets another answer for her record than for none: the comparison is no tautology."""
    route = next(route for route in OF_CASES if route.key == "GET desk:case-page")
    own = ask(world, "caseworker", route, route.path(world, "open"))
    none = ask(world, "caseworker", route, route.path(world, "open", uuid.uuid4()))
    assert (own.status_code, none.status_code) == (200, 404)
    assert plain(own) != plain(none)
    assert canary("open") in own.content.decode()
