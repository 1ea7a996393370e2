"""A memo that was composed: its digest, and what of it the person may still read today."""

import hashlib
import json
from typing import Any

from cases.models import Case


def digest_of(content: dict[str, Any]) -> str:
    """sha-256 of the memo as data, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def readable(content: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """(the memo without lines of cases that the reader may no longer see, how many were left out)."""
    wanted = {line["case"] for section in content["sections"] for line in section["lines"] if line["case"]}
    open_cases = {str(pk) for pk in Case.objects.filter(pk__in=wanted).values_list("pk", flat=True)}
    left_out = 0
    sections = []
    for section in content["sections"]:
        lines = [line for line in section["lines"] if not line["case"] or line["case"] in open_cases]
        left_out += len(section["lines"]) - len(lines)
        sections.append({**section, "lines": lines})
    return {**content, "sections": sections}, left_out


def cases_in(content: dict[str, Any]) -> set[str]:
    """The cases a memo speaks of."""
    return {line["case"] for section in content["sections"] for line in section["lines"] if line["case"]}
