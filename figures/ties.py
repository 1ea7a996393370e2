"""Ties between cases: links, and the same human being in an earlier case.

Readings of the rules: an earlier case is one that began before: `opened_on`, else `as_of` (of a vague one the
first and the last day), else the day on which it was entered; cases of the same day are not earlier. The
person must be an accused or suspect in both. A link to a case that is not loaded counts by its number; one
outside our system by its words. What counts as another case can be narrowed (`Snapshot.among`).
"""

from django.utils.translation import gettext_lazy as _

from figures.rows import ONE
from reference.values import Quantity


def began(opened_on, as_of, created_at):
    """The day by which the order of cases goes."""
    if opened_on:
        return opened_on.first
    return as_of.last if as_of else created_at.date()


def linked(snapshot):
    """Other cases tied to this one by a link written here or there, each once."""
    rows, seen = [], set()
    for link in snapshot.table("links_from_here"):
        case = snapshot.by_case[link.case_id]
        other = link.number or link.outside.strip().casefold()
        if other != case.number and (case.id, other) not in seen:
            seen.add((case.id, other))
            rows.append(snapshot.row(link, "cases.CaseLink", _("Link to another case")))
    by_number = {case.number: case for case in snapshot.table("cases")}
    for link in snapshot.table("links_to_here"):
        case = by_number[link.number]
        if link.case__number != case.number and (case.id, link.case__number) not in seen:
            seen.add((case.id, link.case__number))
            rows.append(
                snapshot.row(
                    link, "cases.CaseLink", _("Link from another case"), case_id=case.id, number=case.number
                )
            )
    return rows


def earlier_selves(snapshot):
    """(accused, [records of the same person in earlier cases]) for every accused of the snapshot."""
    others = snapshot.grouped("namesakes", "perpetrator_id")
    pairs = []
    for person in snapshot.table("accused"):
        case = snapshot.by_case[person.case_id]
        since = began(case.opened_on, case.as_of, case.created_at)
        pairs.append(
            (
                person,
                [
                    other
                    for other in others.get(person.perpetrator_id, ())
                    if other.case_id != person.case_id
                    and began(other.case__opened_on, other.case__as_of, other.case__created_at) < since
                ],
            )
        )
    return pairs


def prior_cases(snapshot):
    return [
        snapshot.row(
            person,
            "prosecutions.Accused",
            _("Earlier cases of the same person"),
            amount=Quantity.of(len({other.case_id for other in others})),
        )
        for person, others in snapshot.once(earlier_selves)
    ]


def prior_bails(snapshot):
    """Bails granted in these earlier cases."""
    bails = snapshot.grouped("bails_of_namesakes", "accused_id")
    return [
        snapshot.row(
            person,
            "prosecutions.Accused",
            _("Bails in earlier cases"),
            amount=Quantity.of(sum(len(bails.get(other.id, ())) for other in others)),
        )
        for person, others in snapshot.once(earlier_selves)
    ]


def named_by_earlier_bail(snapshot):
    """Accused of whom a bail in an earlier case led to this one."""
    bails = snapshot.grouped("bails_of_namesakes", "accused_id")
    return [
        snapshot.row(person, "prosecutions.Accused", _("Reoffended on an earlier bail"), amount=ONE)
        for person, others in snapshot.once(earlier_selves)
        if any(
            bail.reoffended_case == snapshot.by_case[person.case_id].number
            for other in others
            for bail in bails.get(other.id, ())
        )
    ]
