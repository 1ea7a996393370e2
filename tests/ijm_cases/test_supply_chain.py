"""What we depend on is pinned by hash, listed, and asked after; what cannot be asked is said to be so."""

import json
import re
import subprocess
from importlib.metadata import version

import pytest

from tests.house.walk import ROOT
from tools import audit_dependencies, make_sbom

PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]+\])?==(\S+)", re.MULTILINE)


def pinned(name):
    return dict(PINNED.findall((ROOT / name).read_text()))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_by_hash(name):
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text())
    loose = [
        block.splitlines()[0]
        for block in blocks
        if not block.startswith("#") and block.strip() and "--hash=sha256:" not in block
    ]
    assert loose == []
    assert len(pinned(name)) > 30


def test_what_is_installed_is_what_is_pinned():
    wanted = pinned("requirements.txt")
    assert {name: version(name) for name in wanted} == wanted


def test_everything_that_runs_is_on_the_bill():
    components = {(part["name"].lower(), part["version"]) for part in make_sbom.bill()["components"]}
    assert components >= {(name.lower(), number) for name, number in pinned("requirements.txt").items()}
    assert "bootstrap" in {name for name, _version in components}


def test_the_bill_names_hashes_and_no_place_that_we_fetch_from():
    text = json.dumps(make_sbom.bill()["components"])
    assert all(part["hashes"] for part in make_sbom.bill()["components"])
    assert not re.search(r"https?:|://", text)


def package(name, *weaknesses, skipped=False):
    return {"name": name} | (
        {"skip_reason": "unknown"} if skipped else {"vulns": [{"id": number} for number in weaknesses]}
    )


@pytest.mark.parametrize(
    ("found", "code", "words"),
    [
        (None, 0, "not audited"),
        ([], 0, "not audited"),
        ([package("a", skipped=True), package("b", skipped=True)], 0, "not audited"),
        ([package("a"), package("b")], 0, "2 audited"),
        ([package("a"), package("b", skipped=True)], 1, "could not be audited: b"),
        ([package("a"), package("b", "CVE-1")], 1, "b: CVE-1"),
        ([package("a", "CVE-2"), package("b", skipped=True)], 1, "a: CVE-2"),
    ],
)
def test_an_audit_is_strict_where_it_can_be_and_says_so_where_not(found, code, words):
    got, said = audit_dependencies.judge(found)
    assert (got, words in said) == (code, True)


def test_a_service_that_does_not_answer_in_time_is_no_failure(monkeypatch):
    def slow(*_command, **_how):
        raise subprocess.TimeoutExpired("pip_audit", 20)

    monkeypatch.setattr(audit_dependencies.subprocess, "run", slow)
    assert audit_dependencies.ask() is None
