"""A whole case as a file: for our own use, for a receiver, or sealed for another office."""

from functools import partial

import pyrage
from django.utils import timezone

from accounts.roles import Can
from cases.files_out import case_as_file
from exchange.actions.keys import key_in_use
from exchange.consents import consent_needed, reasons_against
from exchange.notes import notes_of
from exchange.states import INSIDE, ExportFormat
from survivors.actions import open_identity
from survivors.models import Survivor


class NoKey(Exception):
    """The key of the receiver has ended meanwhile."""


def make_case_file(work):
    """(bytes, people, who was left out). Days of birth stand in it only inside the organisation."""
    with work.step() as export:
        now, person = timezone.now(), export.requested_by
        people = list(Survivor.objects.filter(case_id=export.about_case).for_list())
        against = left_out_of(export, people, now)
        may = partial(person.can_on, office_id=export.office_id)  # a verb counts where the case is
        exact = export.purpose in INSIDE and may(Can.OPEN_IDENTITY)
        notes = [f"{label}: {words}" for label, *rest in notes_of(export, len(people), now) for words in rest]
        plain, told = case_as_file(
            export.about_case, now=now, exact=exact, may=may, without=against, notes=notes
        )
        if exact:
            for survivor in people:
                if survivor.born:
                    open_identity(survivor.pk, by=person, now=now, parts=("birth",))
        if export.form == ExportFormat.AGE:
            plain = sealed_for(export, plain)
    left_out = [{"survivor": str(key), "reason": str(reason)} for key, reason in against.items()]
    return plain, told, left_out


def left_out_of(export, people, now):
    """{survivor: why} of those who did not agree that this receiver learns of them."""
    if not consent_needed(export.kind, export.purpose):
        return {}
    return reasons_against(people, export.purpose, export.receiver, now, export.kind)


def sealed_for(export, plain):
    """The file under the key of the office that it is for, as that key stands now."""
    key = key_in_use(export.filters["key"])
    if key is None:
        raise NoKey
    return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(key.recipient)])
