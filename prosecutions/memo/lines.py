"""What a memo is made of: sections of lines, each line with where it comes from."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reference.templatetags.show import edtf


@dataclass(frozen=True)
class Line:
    """One statement and the record it is taken from; a line without a record is law or our own words."""

    text: str
    source: str = ""
    on: str = ""
    url: str = ""
    case: str = ""
    strong: bool = False


@dataclass
class Section:
    """One heading with its lines, or the sentence that stands there when there are none."""

    key: str
    title: str
    lines: list[Line] = field(default_factory=list)
    empty: str = ""

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def from_record(text: str, record: Any, what: str, *, on: Any = "", page: str = "", pk: Any = None,
                strong: bool = False) -> Line:  # fmt: skip
    """A line about a record of a case: named by what it is and the number of its case, never by a key."""
    source = _("%(what)s, case %(number)s") % {"what": what, "number": record.case.number}
    url = reverse(page, args=[pk or record.pk]) if page else ""
    return Line(str(text), source, edtf(on) if on else "", url, str(record.case_id), strong)
