"""No secret stands in a file of ours, and every setting that the environment may hold is written down."""

import re
import subprocess

import pytest

from tests.house.walk import ROOT

LOOKS_SECRET = {
    "a private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "an age key": re.compile(rb"AGE-SECRET-KEY-1[A-Z0-9]{50,}"),
    "an access key of a cloud": re.compile(rb"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a token of a code host": re.compile(rb"\b(?:ghp|gho|ghs|github_pat|glpat)[_-][A-Za-z0-9_]{20,}"),
    "a token of a chat": re.compile(rb"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    "an address with a password": re.compile(rb"[a-z]+://[A-Za-z0-9._-]*:(?!//)[A-Za-z0-9_+/=-]{12,}@"),
    "a secret given a value": re.compile(
        rb"(?i)\b[A-Z_]*(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY)[A-Z_]*\b\s*[:=]\s*"
        rb"[\"'](?=[^\"']*[0-9])(?=[^\"']*[A-Za-z])[A-Za-z0-9_+/=.~-]{20,}[\"']"
    ),
}
# Known to everybody on purpose, each with the reason.
NO_SECRET = {
    "tests/factories.py": "the second factor that every made-up person has",
    "tests/ijm_cases/test_checks.py": "a made-up secret key, to see a deployment start",
    "tests/ijm_cases/test_secrets.py": "the samples that the search must find",
}
BINARY = (".png", ".woff2", ".ico", ".jpg", ".pdf", ".mo")


def tracked():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [name for name in done.stdout.decode().split("\0") if name and not name.endswith(BINARY)]


def found_in(content):
    return [what for what, pattern in LOOKS_SECRET.items() if pattern.search(content)]


def test_no_file_of_ours_holds_a_secret():
    files = [(name, ROOT / name) for name in tracked() if name not in NO_SECRET]
    hits = {name: found_in(path.read_bytes()) for name, path in files if path.is_file()}
    assert {name: what for name, what in hits.items() if what} == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("-----BEGIN EC PRIVATE KEY-----", "a private key"),
        ("AGE-SECRET-KEY-1" + "A" * 58, "an age key"),
        ("AKIA" + "A1" * 8, "an access key of a cloud"),
        ("ghp_" + "a1" * 18, "a token of a code host"),
        ("xoxb-" + "1234567890", "a token of a chat"),
        ("postgresql://web:" + "abcdef123456" + "@db/x", "an address with a password"),
        ('EMAIL_HOST_PASSWORD = "' + "a1b2c3" * 5 + '"', "a secret given a value"),
        ("secret_key: '" + "a1b2c3" * 5 + "'", "a secret given a value"),
    ],
)
def test_the_search_would_find_one(text, what):
    assert what in found_in(text.encode())


@pytest.mark.parametrize("text", ["PASSWORD=", "${WEB_PASSWORD:?}@postgres", 'password = "correct horse"'])
def test_the_search_cries_at_nothing_else(text):
    assert found_in(text.encode()) == []


def settings_read():
    """Every name that the settings take from the environment."""
    text = (ROOT / "ijm_cases/settings.py").read_text()
    names = set(re.findall(r'\b(?:env|flag)\(\s*"([A-Z_]+)"', text))
    return names | set(re.findall(r'os\.environ\.get\(\s*"([A-Z_]+)"', text))


def test_every_setting_is_written_down():
    told = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", (ROOT / "docs/deploying.md").read_text()))
    assert settings_read() - told == set()


def test_the_example_has_no_value_where_a_secret_goes():
    example = dict(re.findall(r"^(\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    filled = {
        name: value for name, value in example.items() if re.search("PASSWORD|SECRET|KEY", name) and value
    }
    assert filled == {}
