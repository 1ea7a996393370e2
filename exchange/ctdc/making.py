"""The makers: rows of the 27 columns that nobody can be told apart in, and sums for IC-TIP and SDG 16.2.2."""

import io
import json
from collections import defaultdict
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.consents import consent_needed
from exchange.ctdc.anonymity import FLOOR, K, anonymised
from exchange.ctdc.columns import COLUMNS
from exchange.ctdc.counts import COUNT_COLUMNS, HIDDEN, NOTES, counts_of
from exchange.ctdc.people import row_of
from exchange.ctdc.writing import as_published
from exchange.kinds import pick_survivors
from exchange.notes import notes_of
from exchange.sheets import as_csv, as_xlsx
from exchange.states import CONSENT_FOR, INSIDE, ExportFormat
from exchange.work import Stopped, send_back_if_grown
from operations.models import Venue
from survivors import consents
from survivors.models import Age, Episode
from survivors.states import Shared

STEP = 500
# What must be agreed to before a row of somebody leaves, though nobody can tell whose it is.
TOLD = (Shared.AGE, Shared.EXPLOITATION)


def make_ctdc(work):
    """(the file, rows in it, who was left out). Under 100 people no row leaves, and the file says so."""
    k, rows, left_out = K, [], []
    for export, people in steps(work):
        k = max(K, int(export.filters.get("k") or K))
        against = reasons(export, people)
        rows += rows_of([one for one in people if one.pk not in against])
        left_out += [{"survivor": str(key), "reason": str(why)} for key, why in against.items()]
    kept, emptied, dropped = anonymised(rows, k) if len(rows) >= FLOOR else ([], {}, len(rows))
    with work.step() as export:
        export.left_out = left_out
        notes = [*notes_of(export, len(kept), timezone.now()), *method(k, len(rows), emptied, dropped)]
        return ctdc_file(export, kept, notes), len(kept), left_out


def steps(work):
    """(export, some survivors) in transactions of their own, with the eyes of whoever asked."""
    with work.step() as export:
        keys = list(pick_survivors(export.filters).values_list("pk", flat=True))
        grown = send_back_if_grown(export, len(keys))
    if grown:
        raise Stopped
    for start in range(0, len(keys), STEP):
        with work.step() as export:
            people = (
                pick_survivors(export.filters)
                .select_related("case")
                .filter(pk__in=keys[start : start + STEP])
            )
            yield export, list(people)
        work.told(min(start + STEP, len(keys)))


def reasons(export, people):
    if not consent_needed(export.kind, export.purpose):
        return {}
    asked = {"purpose": CONSENT_FOR[export.purpose], "receiver": export.receiver, "what": TOLD}
    return consents.reasons_against(people, now=timezone.now(), **asked)


def rows_of(people):
    """A row of each, from four questions for all of them."""
    ages, episodes, venues = defaultdict(list), defaultdict(list), defaultdict(dict)
    for row in Age.objects.filter(survivor__in=people).order_by("position", "pk"):
        ages[row.survivor_id].append(row)
    for row in Episode.objects.filter(survivor__in=people).order_by("position", "pk"):
        episodes[row.survivor_id].append(row)
    for venue in Venue.objects.filter(case__in={one.case_id for one in people}):
        venues[venue.case_id][venue.key] = venue
    return [
        row_of(one, ages=ages[one.pk], episodes=episodes[one.pk], venues=venues[one.case_id])
        for one in people
    ]


def method(k, people, emptied, dropped):
    """What was done to the rows, for the sheet of notes."""
    lines = [
        (_("Columns"), _("The 27 of the CTDC Global Synthetic Dataset, codebook of February 2024")),
        (
            _("Method"),
            _("k-anonymity, k = %(k)s: year, gender, age, citizenship and country of each row fit at least "
              "so many rows. Rarer ones lost as little of these as was needed.") % {"k": k},
        ),
        (_("Cells emptied"), "; ".join(f"{name}: {n}" for name, n in sorted(emptied.items())) or "0"),
        (_("Rows left out because they fit nowhere"), dropped),
    ]  # fmt: skip
    if people < FLOOR:
        lines.append(
            (
                _("Why there are no rows"),
                _(
                    "Fewer than %(floor)s people: rows of so few could lead to somebody. "
                    "Ask for counts instead."
                )
                % {"floor": FLOOR},
            )
        )
    return lines


def ctdc_file(export, rows, notes):
    """A sheet with its notes; or the very file that CTDC publishes, with the notes beside it."""
    if export.form == ExportFormat.XLSX:
        return as_xlsx(COLUMNS, rows, notes, ("CTDC", _("Notes")))
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("ctdc.csv", as_published(rows))
        archive.writestr("notes.csv", as_csv((), (), notes))
    return out.getvalue()


def make_counts(work):
    """(the file, lines in it, nobody left out): sums only, small ones hidden where they leave us."""
    rows = []
    for _export, people in steps(work):
        rows += zip(rows_of(people), [one.child for one in people], strict=True)
    with work.step() as export:
        inside = export.purpose in INSIDE
        lines = counts_of(rows, export, inside=inside)
        notes = [
            *notes_of(export, len(lines), timezone.now()),
            *((label, words) for label, words in NOTES if not (inside and label is HIDDEN)),
        ]
        return counts_file(export, lines, notes), len(lines), []


def counts_file(export, lines, notes):
    if export.form == ExportFormat.JSON:
        told = [dict(zip(COUNT_COLUMNS, line, strict=True)) for line in lines]
        about = [[str(part) for part in note] for note in notes]
        return json.dumps({"notes": about, "counts": told}, ensure_ascii=False, indent=1).encode()
    if export.form == ExportFormat.CSV:
        return as_csv(COUNT_COLUMNS, lines, notes)
    return as_xlsx(COUNT_COLUMNS, lines, notes, (_("Counts"), _("Notes")))
