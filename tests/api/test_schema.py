import warnings

from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from rest_framework.test import APIClient

ENDPOINTS = (
    "cases", "survivors", "accused", "proceedings", "hearings", "bail-orders", "verdicts", "releases",
    "awards", "alerts",
)  # fmt: skip


def test_the_description_is_valid_and_made_without_a_warning(api, alice):
    GENERATOR_STATS.reset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        response = api(alice).get("schema/")
    assert response.status_code == 200
    assert not GENERATOR_STATS, (dict(GENERATOR_STATS._warn_cache), dict(GENERATOR_STATS._error_cache))
    validate_schema(response.data)


def test_the_description_names_every_endpoint_and_act(api, alice):
    paths = api(alice).get("schema/").data["paths"]
    for noun in ENDPOINTS:
        assert f"/api/v1/{noun}/" in paths
        assert f"/api/v1/{noun}/{{id}}/" in paths
    for act in ("grant", "refuse", "withdraw", "breach", "cancel", "end", "release"):
        assert "post" in paths[f"/api/v1/bail-orders/{{id}}/{act}/"]
    for act in ("record", "reschedule", "cancel", "correct"):
        assert "post" in paths[f"/api/v1/hearings/{{id}}/{act}/"]
    listing = {one["name"] for one in paths["/api/v1/hearings/"]["get"]["parameters"]}
    assert {"cursor", "page_size", "updated_since", "case", "office", "outcome"} <= listing


def test_the_description_names_the_refusals_of_every_act(api, alice):
    paths = api(alice).get("schema/").data["paths"]
    for path, acts in paths.items():
        for method, act in acts.items():
            read = {"400"} if "{id}" not in path else {"404"}
            more = {"400", "404", "409", "422"} if method != "get" else read
            assert {"401", "403", "429"} | more <= set(act["responses"]), (method, path)
            assert act["responses"].keys() & {"200", "201"}
    rows = paths["/api/v1/survivors/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert rows["$ref"].endswith("PaginatedSurvivorRowList")


def test_the_description_needs_a_token(db):
    assert APIClient().get("/api/v1/schema/").status_code == 401
