"""Studies that come with the system as a file, as they were published; harmless to load again."""

import uuid
from pathlib import Path

import yaml

from accounts.scope import system_access
from figures.models import Study

FILE = Path(__file__).with_name("known_studies.yaml")
# Each study of the file keeps its key, so that nobody has it twice.
OURS = uuid.UUID("6d0b1f0e-6a0e-5b53-9d0a-2f6c1f6f1c4e")


def load_known_studies():
    """The first edition of each study of the file that is not there yet; how many were new."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    with system_access("loader", "brings known studies in"):
        there = set(Study.objects.values_list("work", flat=True))
        fresh = [row for row in rows if key_of(row) not in there]
        for row in fresh:
            Study(work=key_of(row), **row).save(force_insert=True)
    return len(fresh)


def key_of(row):
    """The key of a study of the file: what was measured, and where."""
    return uuid.uuid5(OURS, f"{row['country']} {row['place']} {row['measure']}")
