from exchange.incoming.kinds.cases import CASES
from exchange.incoming.kinds.hearings import HEARINGS
from exchange.incoming.kinds.people import PEOPLE

__all__ = ["CASES", "HEARINGS", "PEOPLE"]
