"""What a strict content security policy and a stacked script forbid, in every template and style."""

import re
import subprocess
from shutil import which

from django.template.loader import get_template

from tests.each import each
from tests.look.sources import ROOT, name, scss, templates

FORBIDDEN = {
    "an inline style": r"<[a-z][^>]*\sstyle\s*=",
    "a style element": r"<style[\s>]",
    "an inline handler": r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']",
    "a script with text in it": r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>",
    "a javascript address": r"javascript:",
    "an htmx expression": r"hx-on|hx-vals=[\"']js:|hx-headers=[\"']js:|hx-trigger=[\"'][^\"']*\[",
    "a file from elsewhere": r"(?:src|href)=[\"']https?://",
}


@each(*templates(), ids=name)
def test_a_template_needs_nothing_that_the_policy_refuses(path):
    text = path.read_text("utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)] == []


@each(*templates(), ids=name)
def test_a_template_compiles(path):
    parts = path.relative_to(ROOT).parts
    get_template("/".join(parts[parts.index("templates") + 1 :]))


def test_templates_are_as_djade_writes_them():
    djade = which("djade", path=str(ROOT / ".venv/bin")) or which("djade")
    done = subprocess.run(
        [djade, "--target-version", "5.2", "--check", *map(str, templates())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@each(*scss(), ids=name)
def test_letters_are_never_widened_or_capitalised(path):
    """Both break the stacked letters of Khmer, Bengali and Hindi."""
    text = re.sub(r"//.*", "", path.read_text("utf-8"))
    assert not re.search(r"text-transform|letter-spacing|font-variant-caps|small-caps", text)


@each(*scss(), ROOT / "static/app.js", ids=name)
def test_a_file_is_short_enough_to_read(path):
    assert len(path.read_text("utf-8").splitlines()) < 400


def test_the_script_keeps_nothing_on_the_device():
    text = (ROOT / "static/app.js").read_text("utf-8")
    assert not re.search(r"localStorage|sessionStorage|indexedDB|caches\.|eval\(|innerHTML|\.style\b", text)
