"""Keeping the index of names in step: in the same transaction as each change of a name."""

from collections.abc import Iterable
from uuid import UUID

from prosecutions.models import Accused, NameForm
from prosecutions.proposals import keys_of_person

# What changes the index, or is worth another comparison with other offices.
TELLING = frozenset(
    ("name", "aliases", "phones", "places", "born_year", "position", "roles", "gender", "nationality")
)
AT_A_TIME = 500


def index_names(accused: Accused) -> None:
    """The person can be found from now on by what she is called; the worker compares her again."""
    NameForm.objects.update_or_create(
        accused=accused, defaults={"case_id": accused.case_id, "keys": keys_of_person(accused), "due": True}
    )


def compare_again(accused: Accused) -> None:
    """An arrest is a reason to look for the person in other offices once more."""
    if not NameForm.objects.filter(accused=accused).update(due=True):
        index_names(accused)


def index_case(case_id: UUID) -> int:
    """All people of a case, after a file was loaded: those whose keys differ from what they should be."""
    rows = Accused.objects.filter(case=case_id).select_related("case__office", "name_form")
    return index_rows(rows)


def index_missing(most: int = AT_A_TIME) -> int:
    """People whom nobody has indexed yet: loaded or written before there was an index."""
    rows = Accused.objects.filter(name_form=None).select_related("case__office").order_by("created_at", "pk")
    return index_rows(rows[:most])


def index_rows(rows: Iterable[Accused]) -> int:
    done = 0
    for row in rows:
        form = getattr(row, "name_form", None)
        if form is None or form.keys != keys_of_person(row):
            index_names(row)
            done += 1
    return done
