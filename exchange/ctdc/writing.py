"""Rows of the 27 columns as the file that CTDC publishes: the header, commas, lines ended as there."""

import csv
import io

from exchange.ctdc.columns import COLUMNS


def as_published(rows) -> bytes:
    """The file in the spelling of 2024, byte by byte as it is published; no notes stand in it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue().encode()
