"""What is deployed runs the very commands that the launcher runs."""

import json
import re

import pytest
import yaml

from devservices import postgres, processes
from devservices.places import CHECKOUT

COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()
PLACES = {"bind": "0.0.0.0:8000", "schedule": "/data/beat/schedule"}
OURS = {process.name: process for process in (processes.MIGRATE, *processes.LASTING)}


@pytest.mark.parametrize("name", OURS)
def test_each_service_runs_the_launcher_s_command(name):
    assert SERVICES[name]["command"] == OURS[name].deployed(**PLACES)


@pytest.mark.parametrize("name", OURS)
def test_each_service_knows_only_its_own_role_s_address(name):
    role = OURS[name].role
    known = SERVICES[name]["environment"]

    assert {key for key in known if key.startswith("DATABASE_URL")} == {f"DATABASE_URL_{role.upper()}"}
    assert known["IJM_PROCESS"] == role
    assert f"//ijm_cases_{role}:" in known[f"DATABASE_URL_{role.upper()}"]
    assert "IJM_EMBEDDED" not in known


def test_only_the_one_that_makes_the_roles_knows_them_all():
    superuser = [
        name for name, service in SERVICES.items() if "DATABASE_URL" in service.get("environment", {})
    ]

    assert superuser == ["roles"]
    assert SERVICES["roles"]["restart"] == "no"


def test_the_image_starts_the_site():
    assert json.loads(re.search(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)[1]) == processes.WEB.deployed(
        **PLACES
    )
    assert re.search(r"^USER (?!root)", DOCKERFILE, re.MULTILINE)


def test_the_database_writes_no_values_to_its_log():
    command = SERVICES["postgres"]["command"]
    quiet = {name: value for name, value in postgres.SETTINGS.items() if name.startswith("log_")}

    assert quiet.items() <= dict(pair.split("=") for pair in command[2::2]).items()


def test_queued_work_survives_a_restart():
    command = SERVICES["redis"]["command"][-1]

    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_only_nginx_is_reachable_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_every_secret_comes_from_the_environment_and_is_in_the_example():
    text = (CHECKOUT / "docker-compose.yml").read_text()
    example = (CHECKOUT / ".env.example").read_text()
    named = set(re.findall(r"\$\{(\w+)", text))

    assert named == set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    for secret in (
        name
        for name in named
        if name.endswith(("PASSWORD", "KEY")) and name not in ("EMAIL_HOST_PASSWORD", "BACKUP_PUBLIC_KEY")
    ):
        assert f"${{{secret}:?}}" in text, f"{secret} could be left empty"


def test_nginx_keeps_the_search_words_out_of_its_log_and_believes_no_visitor():
    conf = (CHECKOUT / "deploy/nginx.conf").read_text()
    log = re.search(r"log_format.*?;", conf, re.DOTALL)[0]

    assert "$request " not in log
    assert not re.search(r"args|query|referer|request_uri|user_agent", log)
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in conf


def test_what_makes_backups_could_not_serve_nor_read_what_is_sealed():
    backup = SERVICES["backup"]

    assert {name for name in backup["environment"] if name.startswith("DATABASE_URL")} == {
        "DATABASE_URL_BACKUP"
    }
    assert not {"SECRET_KEY", "SEALING_KEYS", "SEALING_KEYS_FILE"} & set(backup["environment"])
    assert not any("/keys" in volume for volume in backup["volumes"])
    assert "files:/data/files:ro" in backup["volumes"]
    assert backup["profiles"] == ["backup"]


def test_each_process_signs_viewers_with_a_key_of_its_own():
    known = {
        name: {key for key in service.get("environment", {}) if key.startswith("CONTEXT_KEY")}
        for name, service in SERVICES.items()
    }

    assert {name: keys for name, keys in known.items() if keys} == {
        "migrate": {"CONTEXT_KEY_WEB", "CONTEXT_KEY_WORKER"},
        "web": {"CONTEXT_KEY_WEB"},
        "worker": {"CONTEXT_KEY_WORKER"},
        "beat": {"CONTEXT_KEY_WORKER"},
        "loop": {"CONTEXT_KEY_WORKER"},
    }


def test_nginx_answers_with_the_same_headers_where_it_answers_by_itself():
    conf = (CHECKOUT / "deploy/nginx.conf").read_text()
    own = re.search(r"location ~ \^/_.*?\n        }\n", conf, re.DOTALL)[0]

    for header in (
        "Strict-Transport-Security", "Content-Security-Policy", "Cross-Origin-Opener-Policy",
        "Cross-Origin-Embedder-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy",
        "X-Content-Type-Options", "X-Frame-Options", "Cache-Control",
    ):  # fmt: skip
        assert f"add_header {header} " in own
    assert own.count("add_header") == own.count(" always;")


def test_nginx_slows_down_signing_in_programs_and_pages():
    conf = (CHECKOUT / "deploy/nginx.conf").read_text()

    for place, zone in (("/", "pages"), ("/api/", "programs"), ("/accounts/", "sign_in")):
        assert re.search(rf"location {place} {{\s+limit_req zone={zone} burst=\d+ nodelay;", conf), place
    assert "limit_conn open" in conf


def test_nginx_takes_no_more_than_the_site_does():
    from django.conf import settings

    conf = (CHECKOUT / "deploy/nginx.conf").read_text()
    most = int(re.search(r"client_max_body_size (\d+)m;", conf)[1])

    assert settings.DOCUMENT_MAX_BYTES < most * 1024 * 1024 <= settings.DOCUMENT_MAX_BYTES + 2 * 1024 * 1024
