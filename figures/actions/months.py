"""Putting a name under a frozen month."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from audit.actions import record
from cases.states import IllegalMove
from figures.models import MonthFigure, MonthSheet, MonthWord
from figures.months import digest_of_word, jumps, middle, quantity_of
from figures.months_verify import findings_of, known_keys


def sign_month(sheet_id: UUID, *, by: User, now: datetime, note: str = "") -> MonthWord:
    """A director has looked, and signs; where a figure has jumped she says why."""
    sheet = MonthSheet.objects.select_related("office", "previous").select_for_update(of=("self",))
    found = sheet.get(pk=sheet_id)
    check_sheet(found, by)
    if jumps_of(found) and not note.strip():
        raise IllegalMove(_("Some figures have moved far since the month before: say why."), field="note")
    word = MonthWord(sheet=found, signed_by=by, signed_at=now, note=note.strip())
    word.digest = digest_of_word(word)
    word.save(force_insert=True)
    record("month.sign", by=by, subject=found, at=now, month=found.month, digest=word.digest)
    return word


def check_sheet(sheet: MonthSheet, by: User) -> None:
    """Refuse what cannot be signed, or not by her."""
    if not by.can_on(Can.SIGN_FIGURES, sheet.office_id):
        raise IllegalMove(_("Only a director of this office may sign its figures."))
    if MonthWord.objects.filter(sheet=sheet).exists():
        raise IllegalMove(_("This month is signed already."))
    if any(findings_of(sheet, known_keys())):
        raise IllegalMove(_("This sheet is not what was counted. Do not sign it; tell the administrator."))


def jumps_of(sheet: MonthSheet) -> list[MonthFigure]:
    """The lines of a sheet that have moved far since the month before it."""
    if sheet.previous is None:
        return []
    before = {
        (line.name, line.currency): line
        for line in MonthFigure.objects.filter(sheet=sheet.previous_id, month=sheet.previous.month)
    }
    return [
        line
        for line in MonthFigure.objects.filter(sheet=sheet, month=sheet.month).order_by("name", "currency")
        if (was := before.get((line.name, line.currency)))
        and jumps(middle(quantity_of(was)), middle(quantity_of(line)))
    ]
