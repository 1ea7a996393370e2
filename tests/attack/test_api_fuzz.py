"""The description of the API as an attacker reads it: calls of every kind, valid or not, as every role."""

import json
import os

import pytest
import schemathesis
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from tests.matrix.walk import plain

COLUMNS = (
    "caseworker", "office_director", "stranger", "director_sealed", "partner", "auditor", "ended",
    "anonymous",
)  # fmt: skip
TRIES = int(os.environ.get("ATTACK_TRIES", "8"))


def operations(world):
    """What the API says of itself."""
    key = world.keys["office_director"]
    raw = world.clients["office_director"].get("/api/v1/schema/", HTTP_AUTHORIZATION=f"Token {key}")
    schema = schemathesis.openapi.from_dict(yaml.safe_load(raw.content))
    return [operation.ok() for operation in schema.get_all_operations()]


@pytest.mark.parametrize("name", COLUMNS)
def test_nothing_breaks_and_nothing_hidden_is_told(world, name):
    hidden = world.hidden_from(name)
    for operation in operations(world):
        knock(world, name, operation, hidden)


def knock(world, name, operation, hidden):
    """So many calls of one operation, drawn from its description."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=TRIES, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        derandomize=True,
    )  # fmt: skip
    def run(case):
        answer = call(world, name, case)
        assert answer.status_code < 500, (case.method, case.formatted_path, case.query, case.body)
        assert not any(word in plain(answer) for word in hidden)
        known = operation.definition.raw["responses"]
        assert str(answer.status_code) in known

    run()


def call(world, name, case):
    """The call as our own client makes it; what it did is undone."""
    kwargs = case.as_transport_kwargs(base_url="http://testserver")
    more = {"HTTP_AUTHORIZATION": f"Token {world.keys[name]}"} if world.keys[name] else {}
    before = transaction.savepoint()
    try:
        return world.clients[name].generic(
            case.method.upper(), case.formatted_path, as_bytes(kwargs), content_type="application/json",
            query_params=case.query or None, **more,
        )  # fmt: skip
    finally:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)


def as_bytes(kwargs):
    if kwargs.get("json") is not None:
        return json.dumps(kwargs["json"], default=str).encode()
    data = kwargs.get("data")
    return data if isinstance(data, bytes) else str(data or "").encode()
