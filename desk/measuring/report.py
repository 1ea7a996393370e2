"""What was measured, as it stands in docs/benchmarks.md: one table for each size, and the goals."""

import json
import os
import platform
from pathlib import Path
from typing import Any

from desk.measuring.pages import GOALS

KEPT = Path("docs/benchmarks.json")
SHOWN = Path("docs/benchmarks.md")
HEAD = """# What the pages cost

Written by `make bench CASES=10000` (or 100000, or 1000000), which makes a database of that size with
`manage.py make_data` and measures every page in one run beside two views: *hello* is signed in and does
nothing (everything that each request costs), *floor* is the least Django that answers the same question
by hand, without permissions, audit, masks or languages, past the second lock. Compare ratios, not
milliseconds: the machine was shared with other work.

- **SQL**: statements of one request, with the four of signing in and the one that tells the database who
  looks.
- **app**, **PG**: processor milliseconds a request of the web server and of PostgreSQL, from /proc, one
  client.
- **kB**: of the page, packed by gzip and by brotli. **req/s**: requests a second, eight clients, two
  workers.
- The person is the director of the largest office, who sees more than a fifth of all cases.
"""


def machine() -> str:
    """What it was measured on."""
    cpu = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} x {cpu}, {memory:.0f} GB, {platform.system()} {platform.release().split('-')[0]}"
    )


def keep(run: dict[str, Any]) -> None:
    """Put this run in the place of the last one of its size, and write the report anew."""
    runs = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    runs[str(run["size"])] = run
    KEPT.write_text(json.dumps(runs, indent=1, sort_keys=True) + "\n")
    SHOWN.write_text(report(runs))


def report(runs: dict[str, Any]) -> str:
    ordered = [runs[size] for size in sorted(runs, key=int)]
    return "\n".join([HEAD, *(table(run, ordered[0]) for run in ordered)])


def table(run: dict[str, Any], least: dict[str, Any]) -> str:
    """One size: every page, and whether it keeps its goals."""
    hello, floor = run["hello"], run["floor_memory"]
    lines = [
        f"## {run['size']:,} cases ({run['in_sight']:,} in sight)",
        "",
        f"{run['on']}; {run['machine']}; Python {run['python']}, PostgreSQL {run['postgres']}.",
        f"Two workers after the run: {run['memory']:.0f} MB (PSS); those of the floor: {floor:.0f} MB. "
        f"Hello: {hello['app'] + hello['pg']:.1f} ms, {hello['pace']:.0f} req/s.",
        "",
        "| page | SQL | app ms | PG ms | x hello | x floor | kB | gzip | br | req/s | goals |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for page in run["pages"]:
        whole, ground = page["app"] + page["pg"], page.get("floor")
        times = f"{whole / ground:.1f}" if ground else ""
        lines.append(
            f"| {page['name']} | {page['sql']} | {page['app']:.1f} | {page['pg']:.1f} "
            f"| {whole / (hello['app'] + hello['pg']):.1f} | {times} | {page['bytes'] / 1000:.1f} "
            f"| {page['gzip'] / 1000:.1f} | {page['br'] / 1000:.1f} | {page['pace']:.1f} "
            f"| {', '.join(misses(page, run, least)) or 'kept'} |"
        )
    return "\n".join([*lines, ""])


def misses(page: dict[str, Any], run: dict[str, Any], least: dict[str, Any]) -> list[str]:
    """The goals that this page does not keep."""
    goal, whole = GOALS[page["kind"]], page["app"] + page["pg"]
    hello, found = run["hello"]["app"] + run["hello"]["pg"], []
    if goal.of_floor and page.get("floor") and whole > goal.of_floor * page["floor"]:
        found.append(f"over {goal.of_floor} x floor")
    if goal.of_hello and whole > goal.of_hello * hello:
        found.append(f"over {goal.of_hello:g} x hello")
    if goal.statements and page["sql"] > goal.statements:
        found.append(f"over {goal.statements} SQL")
    if goal.kilobytes and not page["name"].startswith("API") and page["bytes"] > goal.kilobytes * 1000:
        found.append(f"over {goal.kilobytes:g} kB")
    before = next((other for other in least["pages"] if other["name"] == page["name"]), None)
    if goal.growth and before and least is not run:
        grown = (whole / hello) / (
            (before["app"] + before["pg"]) / (least["hello"]["app"] + least["hello"]["pg"])
        )
        if grown > goal.growth:
            found.append(f"grew {grown:.1f}x (at most {goal.growth})")
    return found
