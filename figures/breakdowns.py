"""Figures of several parts: why hearings are put off, who carries how much, which reviews are due."""

from django.utils.translation import gettext_lazy as _

from figures import care, courts
from figures.rows import SOON, happened, passed


def adjournments_by_reason(snapshot):
    """Adjourned hearings up to the day, by reason; `` when nobody has said why."""
    return _coded_hearings(snapshot, "reason")


def adjournments_by_asker(snapshot):
    """Adjourned hearings up to the day, by who asked."""
    return _coded_hearings(snapshot, "asked_by")


def _coded_hearings(snapshot, field):
    codes = {hearing.id: getattr(hearing, field) for hearing in snapshot.table("hearings")}
    return [
        type(row)(**{**row.__dict__, "code": codes[row.pk] or "unknown"})
        for row in courts.adjourned(snapshot)
    ]


def caseload(snapshot):
    """Open cases that a person is named on now, stand-ins left out; the code is the id of the person."""
    seen, rows = set(), []
    for assignment in snapshot.table("assignments"):
        case, place = snapshot.by_case[assignment.case_id], (assignment.case_id, assignment.user_id)
        if assignment.backup or place in seen or _closed(case):
            continue
        seen.add(place)
        rows.append(
            snapshot.row(
                assignment,
                "cases.Assignment",
                _("Named on a case"),
                on=case.opened_on,
                code=str(assignment.user_id),
            )
        )
    return rows


def _closed(case):
    """Both tracks have come to their end, or one has and the other was never begun."""
    return {case.legal_status, case.aftercare_status} <= {"closed", "", "not_started"} and "closed" in (
        case.legal_status,
        case.aftercare_status,
    )


def cases_open(snapshot):
    """Cases that were opened by the day, and of which a track goes on then."""
    return [
        snapshot.row(case, "cases.Case", _("Case"), case_id=case.id, on=case.opened_on)
        for case in snapshot.by_case.values()
        if happened(case.opened_on, snapshot.as_of)
        and not (_closed(case) and happened(_closed_on(case), snapshot.as_of))
    ]


def cases_opened(snapshot):
    """By the day of opening, whatever became of them."""
    return [
        snapshot.row(case, "cases.Case", _("Case opened"), case_id=case.id, on=case.opened_on)
        for case in snapshot.by_case.values()
        if happened(case.opened_on, snapshot.as_of)
    ]


def cases_closed(snapshot):
    """By the day on which the last of the tracks was closed; undated if one of the days is not known."""
    rows = []
    for case in snapshot.by_case.values():
        on = _closed_on(case)
        if _closed(case) and happened(on, snapshot.as_of):
            rows.append(snapshot.row(case, "cases.Case", _("Case closed"), case_id=case.id, on=on))
    return rows


def _closed_on(case):
    closed = [
        getattr(case, f"{track}_closed_on")
        for track in ("legal", "aftercare")
        if getattr(case, f"{track}_status") == "closed"
    ]
    return max(closed, key=lambda on: (on.first, on.last)) if closed and all(closed) else ""


def reviews_due(snapshot):
    """Reviews of plans and cares that are not done, up to seven days after the day; the code says overdue
    or soon.
    """
    rows = []
    for row in care.reviews(snapshot):
        if row.on.first <= snapshot.as_of + SOON:
            code = "overdue" if passed(row.on, snapshot.as_of) else "soon"
            rows.append(type(row)(**{**row.__dict__, "code": code}))
    return rows
