import warnings

from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from rest_framework.test import APIClient

ENDPOINTS = ("cases", "survivors", "accused", "proceedings", "hearings", "bail-orders", "alerts")


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
    for act in ("record", "reschedule", "cancel"):
        assert "post" in paths[f"/api/v1/hearings/{{id}}/{act}/"]
    listing = {one["name"] for one in paths["/api/v1/hearings/"]["get"]["parameters"]}
    assert {"cursor", "page_size", "updated_since", "case", "office", "outcome"} <= listing


def test_the_description_needs_a_token(db):
    assert APIClient().get("/api/v1/schema/").status_code == 401
