"""What the oracle found, scenario by scenario: a table for people and the same numbers for programs."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "build" / "faults"
COLUMNS = {
    "scenario": "scenario", "owed": "owed", "told": "in inboxes", "missing": "missing", "extra": "extra",
    "messages": "messages out", "lost": "lost", "copies": "copies", "unknowns": "of which may be twice",
    "kills": "kills", "inbox_seconds": "inbox, s", "outside_seconds": "outside, s", "note": "note",
}  # fmt: skip


@dataclass
class Report:
    """Lines of numbers, written down after each scenario so that a run cut short shows how far it came."""

    lines: list[dict] = field(default_factory=list)

    def add(self, scenario, verdict, *, kills=0, inbox=None, outside=None, note="", **more):
        counted = {name: len(getattr(verdict, name)) for name in ("missing", "extra", "lost", "wrong")}
        as_they_are = ("owed", "told", "messages", "copies", "unknowns", "waiting")
        line = {"scenario": scenario, **counted, **{name: getattr(verdict, name) for name in as_they_are}}
        line |= {"kills": kills, "inbox_seconds": inbox, "outside_seconds": outside, "note": note, **more}
        self.lines.append(line | {"not_judged": dict(Counter(verdict.not_judged))})
        self.write()

    def table(self):
        rows = [[line.get(name) for name in COLUMNS] for line in self.lines]
        told = [[shown(cell) for cell in row] for row in rows]
        heads = " | ".join(COLUMNS.values())
        return "\n".join(
            [f"| {heads} |", "|" + " --- |" * len(COLUMNS), *(f"| {' | '.join(row)} |" for row in told)]
        )

    def write(self):
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "report.md").write_text(self.table() + "\n")
        (FOLDER / "report.json").write_text(json.dumps(self.lines, indent=1, default=str) + "\n")


def shown(cell):
    if cell is None:
        return ""
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)
