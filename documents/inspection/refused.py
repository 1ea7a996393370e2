"""Why a file is not kept, as one word; documents/states.py has the sentences."""


class Refused(Exception):
    """The file is not kept; `why` is one of the words of documents.states.REFUSALS."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


KIND = "kind"  # not on the list of what may be kept
MISMATCH = "mismatch"  # the contents are not what the name says
TWO_KINDS = "two_kinds"  # one file that is two: a picture and a program
DAMAGED = "damaged"  # truncated or broken
LOCKED = "locked"  # needs a password
MACROS = "macros"  # programs inside
REACHES_OUT = "reaches_out"  # fetches something from elsewhere when opened
BOMB = "bomb"  # grows beyond measure when opened
PATHS = "paths"  # an archive that writes where it should not
PIXELS = "pixels"  # a picture too large to open
ENTITIES = "entities"  # definitions in XML that grow or reach out
TOO_HARD = "too_hard"  # the inspection ran out of time or memory
EMPTY = "empty"
MARKS = "marks"  # black bars that only lie on the page
NOT_REDACTABLE = "not_redactable"  # a kind whose hidden parts we cannot take out
