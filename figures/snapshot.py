"""What the figures read of a set of cases: each table once, however many figures ask."""

from datetime import date

from django.db.models import QuerySet

from figures import querysets
from figures.rows import Row


class Snapshot:
    """A set of cases as of one day. `among` narrows what counts as another case; all that is visible when
    None.
    """

    def __init__(self, cases: QuerySet, as_of: date, among: QuerySet | None = None):
        self.cases = cases.order_by()
        self.as_of = as_of
        self.among = among
        self._tables = {}
        self._worked_out = {}

    @classmethod
    def of(cls, cases, as_of=None):
        """A snapshot made before is shared; a queryset gives a fresh one."""
        return cases if isinstance(cases, cls) else cls(cases, as_of)

    def table(self, name):
        """The rows of one table of figures.querysets, as named tuples."""
        if name not in self._tables:
            self._tables[name] = self.read(name)
        return self._tables[name]

    def read(self, name):
        """The rows from the database."""
        # Looked up by name at the moment of asking, so that there is one place to change, or to break.
        rows = getattr(querysets, name)(self)
        return list(rows.values_list(*querysets.FIELDS[name], named=True))

    def once(self, work):
        """The result of a function of this snapshot that several figures share."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        return self._worked_out[work]

    def on(self, day):
        """The same cases as of another day, from the rows that were read already."""
        other = type(self)(self.cases, day, self.among)
        other._tables = self._tables
        return other

    @property
    def by_case(self):
        """Facts of the cases themselves, by id."""
        return self.once(_by_case)

    def grouped(self, name, field):
        """The rows of a table under the value of one of their fields."""
        groups = {}
        for row in self.table(name):
            groups.setdefault(getattr(row, field), []).append(row)
        return groups

    def grouped_once(self, name, field):
        """The same groups, worked out once for all who ask."""
        place = ("groups", name, field)
        if place not in self._worked_out:
            self._worked_out[place] = self.grouped(name, field)
        return self._worked_out[place]

    def row(self, record, model, what, **fields):
        """A row of a figure about one record."""
        return Row(
            **{
                "case_id": (case_id := fields.get("case_id") or record.case_id),
                "number": self.by_case[case_id].number,
                "model": model,
                "pk": record.id,
                "key": getattr(record, "key", ""),
                "on": getattr(record, "on", ""),
                "what": what,
                **fields,
            }
        )


def _by_case(snapshot):
    return {case.id: case for case in snapshot.table("cases")}
