"""A case as a case file: its records in the format ijm-case-file/1, as whoever looks may see them.

What the format cannot hold is left out and listed; names, numbers and addresses of people never stand in it.
A record that was made here gets no place of its own in the format's lists but the order of its making.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.rights import case_bearing_models
from accounts.roles import Can
from accounts.scope import OutOfReach
from audit.models import Event
from casefiles import pruning, writing_care, writing_courts, writing_people, writing_work
from casefiles.expected import expected_of
from casefiles.saving import READS
from casefiles.telling import Told
from cases.models import Case
from reference.sealed_fields import keys_in_hand

FORMAT = "ijm-case-file/1"
# In the order in which a reader meets them; None: whoever sees the case may know.
SECTIONS = {
    "links": None, "agencies": None, "venues": Can.VIEW_OPERATION, "routes": Can.VIEW_OPERATION,
    "survivors": Can.VIEW_SURVIVOR, "headcounts": Can.VIEW_SURVIVOR, "investigations": Can.VIEW_OPERATION,
    "operations": Can.VIEW_OPERATION, "lookouts": Can.VIEW_OPERATION, "networks": Can.VIEW_ACCUSED,
    "perpetrators": Can.VIEW_ACCUSED, "proceedings": Can.VIEW_HEARING, "compensation": Can.VIEW_HEARING,
    "aftercare": Can.VIEW_AFTERCARE, "notes": None,
}  # fmt: skip
# Of these the remark on what is not carried may tell the number. Identities, therapy and keys stay unsaid.
TOLD_OF = {
    "cases": Can.VIEW_CASE, "operations": Can.VIEW_OPERATION, "survivors": Can.VIEW_SURVIVOR,
    "prosecutions": Can.VIEW_HEARING, "aftercare": Can.VIEW_AFTERCARE, "documents": Can.VIEW_CASE,
}  # fmt: skip
UNSAID = ("identity", "therapy", "index", "key", "contactrule", "homeaddress")
LOOKS = (*READS, "case.read", "trail.read")


@dataclass
class Written:
    """One case in the format: the document, and what of the case is not in it."""

    document: dict[str, Any]
    dropped: list[str] = field(default_factory=list)  # places whose value the format does not know
    withheld: list[str] = field(default_factory=list)  # sections that the viewer may not see
    not_carried: dict[str, int] = field(default_factory=dict)  # kinds of record without a place in the format

    @property
    def people(self) -> int:
        """How many people it tells of."""
        return sum(len(self.document.get(section, ())) for section in ("survivors", "perpetrators"))

    @property
    def remarks(self) -> list[str]:
        """What a reader must know of what is missing, for the top of the file."""
        lines = []
        if self.withheld:
            lines.append("Not shown to whoever made this file: " + ", ".join(self.withheld))
        if self.not_carried:
            kinds = ", ".join(f"{kind} ({number})" for kind, number in self.not_carried.items())
            lines.append(f"The format has no place for: {kinds}")
        if self.dropped:
            lines.append("Left out, since the format does not know the value: " + ", ".join(self.dropped))
        return lines


def write_case(
    case_id: UUID,
    *,
    now: datetime,
    exact: bool,
    may: Callable[[Can], bool] = lambda verb: True,
    without: Iterable[UUID] = (),
    as_of: date | None = None,
) -> Written:
    """The case as a document, with what the viewer may see. `exact` says days of birth and home towns, else
    years and areas stand there; `without` are ids of survivors who are left out with all that is theirs.

    `as_of` is the day of which the file speaks: that of the file it came from while nobody has changed the
    case since, else today where its office is. The figures it must give back stand in `expect`, where nothing
    is withheld.
    """
    case = Case.objects.select_related("office").get(pk=case_id)
    day = as_of or day_of_file(case, now)
    with keys_in_hand({case.pk}):
        told = Told(case, frozenset(without), exact=exact)
        parts: dict[str, Any] = {}
        for part in (writing_work, writing_people, writing_courts, writing_care):
            part.write(told, parts)
        head = writing_work.case_part(told)
    withheld = [name for name, need in SECTIONS.items() if need and not may(need) and parts.get(name)]
    kept = {name: parts[name] for name in SECTIONS if parts.get(name) and name not in withheld}
    document = {"format": FORMAT, **({"demo": True} if case.demo else {}), "as_of": str(day)}
    document |= {"sources": list(case.sources)} if case.sources else {}
    document |= {"case": head, **kept}
    dropped = pruning.prune(document)
    if exact and not told.without and not withheld and (expect := expected_of(case, str(day))):
        document["expect"] = expect
    return Written(document, dropped, withheld, without_a_place(case, told.read, may))


def day_of_file(case, now: datetime):
    """Of which day the file speaks."""
    changed = Event.objects.of_case(case.pk).live().exclude(verb__in=LOOKS)
    if case.as_of and case.loaded_on and not changed.exists():
        return case.as_of
    return timezone.localdate(now, timezone=ZoneInfo(case.office.time_zone))


def without_a_place(case, read, may) -> dict[str, int]:
    """{kind of record: how many the viewer sees} of what the format has no place for."""
    counted: Counter = Counter()
    for model in case_bearing_models():
        label, name = model._meta.app_label, model._meta.model_name
        if model in read or not hasattr(model, "case") or any(word in name for word in UNSAID):
            continue
        if label not in TOLD_OF or not may(TOLD_OF[label]):
            continue
        try:
            counted[str(model._meta.verbose_name_plural)] += model.objects.filter(case_id=case.pk).count()
        except OutOfReach:  # the principal of the loader does not read documents
            continue
    return {kind: number for kind, number in sorted(counted.items()) if number}
