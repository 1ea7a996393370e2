"""One human being across cases: the whole line over time, how records were joined, who else knows her."""

from prosecutions.identity_states import MatchState
from prosecutions.models import MatchSide, PersonLink
from prosecutions.proposals import proposals_for
from prosecutions.views.evidence import shown
from prosecutions.views.person import custody_line
from prosecutions.views.writing import page_of_accused
from reference.templatetags.show import edtf


def identity_of(accused, records, *, may_write):
    """What the page of an accused person shows of who she may be."""
    sides = MatchSide.objects.filter(accused=accused).exclude(state=MatchState.DIFFERENT)
    return {
        "proposals": shown(proposals_for(accused)[:3]) if may_write else [],
        "links": links_of(accused),
        "sides": sides.select_related("other_office", "ask").order_by("created_at", "pk"),
        "history": whole_line(records),
        "rings": accused.ring_roles.select_related("network").order_by("network__key", "since", "pk"),
    }


def links_of(accused):
    """Decisions that joined this record with others, the latest first."""
    rows = PersonLink.objects.filter(accused=accused).select_related("linked_by", "undone_by")
    return rows.order_by("-linked_at", "pk")


def whole_line(rows):
    """Arrests, custody, bail and judgments of all records of the human being that the viewer may see.

    Newest first, each with its case; [] where there is only this record, whose own line stands on the page.
    """
    if len(rows) < 2:
        return []
    entries = []
    for row in rows:
        for entry in custody_line(row):
            entries.append(entry | {"who": row.case.number, "url": page_of_accused(row.pk)})
    entries.sort(key=lambda entry: str(entry["on"] or ""), reverse=True)
    for entry in entries:
        entry["when_text"] = edtf(entry["on"]) or entry["when_text"]
    return entries
