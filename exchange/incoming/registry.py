"""The kinds of file that can be brought in; one line for each."""

from exchange.batch_states import BatchKind
from exchange.htcds.incoming.kind import HTCDS
from exchange.incoming.contract import Kind
from exchange.incoming.kinds import CASES, HEARINGS, PEOPLE

KINDS: dict[str, Kind] = {str(kind.code): kind for kind in (CASES, PEOPLE, HEARINGS, HTCDS)}


def kind_of(code: str) -> Kind:
    """The kind of this code."""
    return KINDS[BatchKind(code).value]
