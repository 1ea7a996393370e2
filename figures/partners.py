"""Who led the work: operations of agencies that we had trained before."""

from figures import people


def relieved_by_partners(snapshot):
    """Of the people relieved in operations, those whose operation was led by an agency trained before it.

    A training without a date, or on a date that may lie after the operation, does not count.
    """
    trained = {(agency.case_id, agency.key): agency.trained_on for agency in snapshot.table("agencies")}
    led = {
        operation.id
        for operation in snapshot.table("operations")
        if _before(trained.get((operation.case_id, operation.led_by), ""), operation.on)
    }
    return [row for row in people.relieved(snapshot) if row.model == people.OPERATION and row.pk in led]


def _before(trained_on, on):
    """Surely trained by then."""
    return bool(trained_on) and bool(on) and trained_on.last <= on.first
