"""Instruments come in whole, never change, and one of each language is in use."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.instrument_files import InstrumentFile
from aftercare.models import Instrument, InstrumentPart
from audit.actions import record
from cases.states import IllegalMove


def load_instrument(file: InstrumentFile, *, by: User | None, now: datetime) -> tuple[Instrument, bool]:
    """The instrument of a file without faults, and whether it is new; the same file again changes nothing."""
    if file.faults:
        raise IllegalMove(_("The file has faults."), field="file")
    which = {name: file.head[name] for name in ("code", "language", "edition")}
    there = Instrument.objects.filter(**which).first()
    if there is not None:
        if not says_the_same(there, file):
            raise IllegalMove(
                _("Edition %(edition)d of %(code)s is here with another text. People may have been scored "
                  "with it, so it never changes: give the new text the edition %(next)d.")
                % {**which, "next": which["edition"] + 1},
                field="file",
            )  # fmt: skip
        return there, False
    with transaction.atomic():
        taken = Instrument.objects.filter(language=which["language"], in_use=True).exists()
        made = Instrument(**file.head, sha256=file.sha256, loaded_at=now, loaded_by=by, in_use=not taken)
        made.save(force_insert=True)
        InstrumentPart.objects.bulk_create(InstrumentPart(instrument=made, **part) for part in file.parts)
        if by is not None:
            record("instrument.load", by=by, subject=made, at=now, code=made.code, edition=made.edition)
    return made, True


def says_the_same(there: Instrument, file: InstrumentFile) -> bool:
    """Whether the file says what is here, whatever its comments and its order of keys."""
    if any(getattr(there, name) != value for name, value in file.head.items()):
        return False
    names = ("domain", "code", "position", "label", "question", "steps", "for_whom")
    return list(there.parts.order_by("position").values(*names)) == [
        {name: part[name] for name in names} for part in file.parts
    ]


def use_instrument(instrument_id: int, *, by: User, now: datetime) -> Instrument:
    """From now on people are scored with this one in its language; what was scored before stays as it was."""
    chosen = Instrument.objects.select_for_update().get(pk=instrument_id)
    if chosen.in_use:
        raise IllegalMove(_("This instrument is in use already."))
    Instrument.objects.filter(language=chosen.language, in_use=True).update(in_use=False)
    chosen.in_use = True
    chosen.save(update_fields=["in_use"])
    record("instrument.use", by=by, subject=chosen, at=now, code=chosen.code, edition=chosen.edition)
    return chosen
