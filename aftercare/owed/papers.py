"""The papers on which benefits depend: one line each, whatever number of benefits wants it."""

from dataclasses import dataclass, field

from aftercare.states import PaperKind, PaperState

TONES = {
    PaperState.MISSING: "danger",
    PaperState.ASKED: "soon",
    PaperState.HERE: "done",
    PaperState.NOT_NEEDED: "past",
}
KEY_FIRST = [PaperKind.RELEASE_CERTIFICATE, *PaperKind]


@dataclass
class Paper:
    """One kind of paper for this person."""

    kind: PaperKind
    state: PaperState
    begun: bool = False
    since: str = ""
    owed_by: str = ""
    wanted_by: list = field(default_factory=list)

    @property
    def tone(self):
        return TONES[self.state]


def papers_of(found):
    """Every paper that a benefit wants which is not over; the one that opens the others first."""
    papers = {}
    for one in found:
        if one.ended or not (one.likely or one.row):
            continue
        for kind, state, row in one.papers:
            paper = papers.setdefault(kind, Paper(kind, state))
            paper.wanted_by.append(one.name)
            if row is not None:
                paper.begun = True
                paper.since = max(paper.since, str(row.on or ""))
                paper.owed_by = paper.owed_by or row.owed_by
    return sorted(papers.values(), key=lambda paper: KEY_FIRST.index(paper.kind))
