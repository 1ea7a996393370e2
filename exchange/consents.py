"""What survivors agreed to, as files ask it. The answer is given in survivors/consents.py."""

from exchange.states import CONSENT_FOR, INSIDE, ExportKind
from survivors import consents


def consent_needed(kind, purpose):
    """A list of pseudonyms for our own use needs none; whatever names people or leaves the house does."""
    return kind == ExportKind.IDENTITIES or purpose not in INSIDE


def reasons_against(survivors, purpose, receiver, now, kind=""):
    """{id of a survivor: why she may not stand in the file}; those who may are not in it."""
    what = ("identity",) if kind == ExportKind.IDENTITIES else ("pseudonym", "age")
    return consents.reasons_against(
        survivors, purpose=CONSENT_FOR.get(purpose), receiver=receiver, what=what, now=now
    )
