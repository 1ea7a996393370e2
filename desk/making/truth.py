"""Is what was made up as true as what people write? Asked of the database, in the same transaction."""

from typing import Any

from desk.making.loading import Untrue

# Each finds rows that nobody could have written through the product.
NEVER = {
    "a verdict before the trial began": (
        "SELECT 1 FROM prosecutions_verdict v JOIN prosecutions_proceeding p ON p.id = v.proceeding_id "
        'WHERE v."on" < p.opened_on'
    ),
    "bail that runs after the judgment": (
        "SELECT 1 FROM prosecutions_bailorder b JOIN prosecutions_verdict v ON v.accused_id = b.accused_id "
        "WHERE b.status IN ('GRANTED', 'BREACHED', 'SOUGHT')"
    ),
    "somebody in remand after the judgment": (
        "SELECT 1 FROM prosecutions_custody c JOIN prosecutions_verdict v ON v.accused_id = c.accused_id "
        "WHERE c.kind = 'remand' AND c.ends_on = ''"
    ),
    "a hearing to come in a trial that is over": (
        "SELECT 1 FROM prosecutions_hearing h JOIN prosecutions_proceeding p ON p.id = h.proceeding_id "
        "WHERE p.closed_on <> '' AND h.outcome = ''"
    ),
    "a track that is closed without a day": (
        "SELECT 1 FROM cases_case WHERE (legal_status = 'closed') <> (legal_closed_on <> '') "
        "OR (aftercare_status = 'closed') <> (aftercare_closed_on <> '')"
    ),
    "a track that does not stand where its last move left it": (
        "SELECT 1 FROM (SELECT DISTINCT ON (case_id, track) case_id, track, status FROM cases_trackchange "
        "ORDER BY case_id, track, position DESC) m JOIN cases_case c ON c.id = m.case_id "
        "WHERE m.status <> CASE m.track WHEN 'legal' THEN c.legal_status ELSE c.aftercare_status END"
    ),
    "moves of a track that go back in time": (
        'SELECT 1 FROM (SELECT "on", lag("on") OVER (PARTITION BY case_id, track ORDER BY position) AS was '
        'FROM cases_trackchange) m WHERE "on" < was'
    ),
    "aftercare that ended while somebody is in care": (
        "SELECT 1 FROM aftercare_care r JOIN cases_case c ON c.id = r.case_id "
        "WHERE c.aftercare_status = 'closed' AND r.result IN ('', 'in_care')"
    ),
    "a case that goes on and nobody works on": (
        "SELECT 1 FROM cases_case c WHERE (legal_status NOT IN ('', 'closed') "
        "OR aftercare_status NOT IN ('', 'closed')) AND NOT EXISTS (SELECT 1 FROM cases_assignment a "
        "WHERE a.case_id = c.id AND a.ended_at IS NULL)"
    ),
}


def check(run: Any) -> None:
    """Raise Untrue at the first that is found; foreign keys and checks have been asked before."""
    for what, question in NEVER.items():
        run.execute(f"SELECT EXISTS ({question})")
        if run.fetchone()[0]:
            raise Untrue(f"made up wrongly: {what}")
