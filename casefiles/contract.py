"""The contract: the JSON Schema of ijm-case-file/1, and every fault a file has against it."""

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

from casefiles.wording import explain

SCHEMA = Path(__file__).with_name("case-file.schema.json")


@cache
def schema():
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


@cache
def validator():
    return Draft202012Validator(schema())


def check_contract(file):
    """Write every fault against the schema into the file, in order of place."""
    said = set()
    for error in sorted(validator().iter_errors(file.document), key=_place):
        for where, reason in explain(error):
            if (place := (".".join(map(str, where)), reason)) not in said:
                said.add(place)
                file.fault(reason, *where)


def _place(error):
    return [str(step) for step in error.absolute_path]
