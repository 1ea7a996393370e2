"""Is the proof a proof? Each break of the product, in a copy of it, must make the short form fail."""

import os
import shutil

import pytest

from devservices.places import CHECKOUT
from tests.faults import rig as rigs
from tests.faults.breaks import BREAKS
from tests.faults.reporting import FOLDER
from tests.faults.test_short import everybody_is_told

LEFT_OUT = (
    ".git",
    ".venv",
    "node_modules",
    "build",
    "staticfiles",
    ".dev",
    "__pycache__",
    ".*_cache",
    "docs",
    "tests",
)
pytestmark = pytest.mark.skipif(not os.environ.get("BREAKS"), reason="BREAKS=1 breaks the product on purpose")


@pytest.fixture
def copy(folder):
    """The product as it stands, to be broken."""
    there = folder / "checkout"
    shutil.copytree(CHECKOUT, there, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    return there


@pytest.mark.parametrize(("why", "file", "old", "new"), BREAKS, ids=[why for why, *_rest in BREAKS])
def test_a_break_is_noticed(
    copy, why, file, old, new, rig, oracle, clock, letterbox, broker, folder, monkeypatch
):
    text = (copy / file).read_text()
    assert text.count(old), f"there is no such place in {file} any more"
    (copy / file).write_text(text.replace(old, new, 1))
    monkeypatch.setattr(rigs, "PATIENCE", int(os.environ.get("BREAK_PATIENCE", "60")))
    rig.checkout = copy
    with pytest.raises(AssertionError) as noticed:
        everybody_is_told(rig, oracle, clock, letterbox, broker, folder)
    words = str(noticed.value).split("---")[0].replace("\n", " ")[:160]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "breaks.md").open("a") as table:
        table.write(f"| {why} | {words} |\n")
