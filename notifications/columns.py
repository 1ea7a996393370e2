"""The columns of the catalogue that follow from what the system does: `python -m notifications.columns`.

Event, the words for urgency and what closes an alert are written by hand; of a working rule the rest is
written here from its practice, and a test keeps the two alike. Planned rules keep the words of the design.
"""

import csv
import io
import os
import re
from datetime import timedelta

import django

URGENCIES = re.compile(r"\b(U-S|U-C|N-A|N|D)\b(?! d)")


CHANNELS = {
    "U-S": "inbox, e-mail and every verified channel at once, any hour",
    "U-C": "inbox, e-mail and every verified channel at once; steps count waking hours unless it is near",
    "N-A": "inbox; the channels the person chose, else e-mail",
    "N": "inbox; the channels the person chose, else e-mail",
    "D": "the list of the morning",
}


def long(minutes, working_days=0):
    """1 wd, 4 h, 15 min."""
    parts = [f"{working_days} wd"] if working_days else []
    if minutes or not parts:
        parts.append(f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min")
    return " ".join(parts)


def steps_of(how, urgency):
    return [(long(step["minutes"], step["working_days"]), step["to"]) for step in how.ladder(urgency)]


def climbs(how, urgency):
    """+15 min SAME/BK/DUTY; +30 min LD/SG."""
    return "; ".join(f"+{after} {'/'.join(to)}" for after, to in steps_of(how, urgency)) or "none"


def repeats(how, urgency):
    """How often the whole ladder is asked again."""
    again = how.again(urgency) if how.ladder(urgency) else {}
    if not again:
        return "none"
    hours = f"every {timedelta(minutes=again['minutes']).total_seconds() / 3600:g} h"
    if "then" not in again:
        return hours
    return f"{hours} for {again['during'] // 60} h, then every {again['then'] / 60:g} h"


def asked(rule):
    """The urgencies that the row names, hardest first."""
    named = set(URGENCIES.findall(rule["urgency"]))
    return [urgency for urgency in ("U-S", "U-C", "N-A", "N", "D") if urgency in named]


def each(rule, words):
    """The words for every urgency of the row."""
    return " / ".join(f"{urgency}: {words(urgency)}" for urgency in asked(rule))


def first_wait(how, urgency):
    """How long somebody has to say that she has it."""
    steps = steps_of(how, urgency)
    return steps[0][0] if steps else "none (read)"


def written(rule, how):
    """The columns of a working rule."""
    return {
        "recipients": " ".join(f"{role}(inbox)" if role in how.quiet else role for role in how.to),
        "channels": each(rule, CHANNELS.get),
        "acknowledge_within": each(rule, lambda urgency: first_wait(how, urgency)),
        "act_within": long(how.act_minutes) if how.act_minutes else "-",
        "escalates_note": "steps of its own" if how.steps is not None else "the ladder of its urgency",
        "escalate_to": each(rule, lambda urgency: climbs(how, urgency)),
        "repeat": each(rule, lambda urgency: repeats(how, urgency)),
    }


def page(text):
    """The catalogue with the columns of today."""
    from notifications.rules import WORKING  # noqa: PLC0415, Django must know its settings first

    rows = list(csv.DictReader(io.StringIO(text)))
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    table.writeheader()
    for row in rows:
        table.writerow(row | written(row, WORKING[row["code"]]) if row["code"] in WORKING else row)
    return out.getvalue()


def main():
    """Write it anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ijm_cases.settings")
    django.setup()
    from notifications.rules import CATALOGUE  # noqa: PLC0415, the same

    CATALOGUE.write_text(page(CATALOGUE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
