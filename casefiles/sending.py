"""The one way a case leaves as a file, for whoever sends it: bytes, and how many people they tell of."""

from casefiles.writing import write_case
from casefiles.yaml_out import as_yaml


def case_as_file(case_id, *, now, exact, may, without=(), notes=()):
    """(the bytes, people) of the case as whoever looks may see it; the notes stand on top as remarks."""
    written = write_case(case_id, now=now, exact=exact, may=may, without=without)
    return as_yaml(written.document, [*notes, *written.remarks]), written.people
