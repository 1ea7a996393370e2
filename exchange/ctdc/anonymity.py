"""k-anonymity: by what others may know of somebody, she is one of at least k rows, or she is not there.

Others may know when somebody was registered, her gender, age, citizenship and where it happened
(`columns.KNOWN_BY`). Rows of a combination rarer than k lose as little of these as makes them one of k; what
fits nowhere is left out and counted. An empty cell is a value like others here, so whoever knows all five of
somebody always finds k rows that could be hers: those of her own combination as it was let out.

Not promised: that the k rows differ in what was done to them, or that two files of almost the same people
tell nothing by their difference. Rows come out sorted, so their order tells nothing.
"""

from collections import Counter
from itertools import combinations

from exchange.ctdc.columns import KNOWN_BY

K = 11
# Fewer people than this give no rows at all, only sums.
FLOOR = 100
# The cheaper ones first: a country of birth is rarest, what happened where says most.
GIVEN_UP_FIRST = ("citizenship", "yearOfRegistration", "ageBroad", "CountryOfExploitation", "gender")
PLACES = {name: place for place, name in enumerate(KNOWN_BY)}
TRIED = [
    names for size in range(len(KNOWN_BY) + 1) for names in combinations(GIVEN_UP_FIRST, size)
]  # as little as possible first


def anonymised(rows, k=K):
    """(rows that may leave, {column: cells that were emptied}, how many rows are left out)."""
    left, kept, safe, emptied = list(rows), [], Counter(), Counter()
    for names in TRIED:
        blank = {PLACES[name] for name in names}
        shown = [tuple("" if n in blank else value for n, value in enumerate(row)) for row in left]
        counts = Counter(known(row) for row in shown)
        fits = [counts[known(row)] + safe[known(row)] >= k for row in shown]
        for row, out, fit in zip(left, shown, fits, strict=True):
            if fit:
                kept.append(out)
                emptied.update(name for name in names if row[PLACES[name]])
        safe.update(known(out) for out, fit in zip(shown, fits, strict=True) if fit)
        left = [row for row, fit in zip(left, fits, strict=True) if not fit]
    return sorted(kept), dict(emptied), len(left)


def known(row):
    """What of a row others may know."""
    return row[: len(KNOWN_BY)]


def rarest(rows):
    """How many rows share the rarest combination; 0 for no rows."""
    counts = Counter(known(row) for row in rows)
    return min(counts.values(), default=0)
