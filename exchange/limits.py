"""How much one person may take out in a day, and from when on a second person must say yes."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from cases.states import IllegalMove
from exchange.models import Export
from exchange.states import ALWAYS_TWO

DAY = timedelta(hours=24)


def needs_second_person(kind, rows):
    """Names and whole cases always; otherwise what is about more people than the house leaves to one."""
    return kind in ALWAYS_TWO or rows > settings.EXPORT_APPROVAL_ABOVE


def left_today(user, now):
    """(rows, files) that this person may still ask for within the day that ends now.

    Under duress nothing is left, in words that anybody could meet: whoever forces her gets no file.
    """
    if getattr(user, "under_duress", False):
        return 0, 0
    rows, files = Export.objects.spent_since(user, now - DAY)
    return max(0, settings.EXPORT_DAILY_ROWS - rows), max(0, settings.EXPORT_DAILY_FILES - files)


def check_budget(user, rows, now):
    """Refuse what would go over the day's budget; whoever asks twice at once is held here."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    left_rows, left_files = left_today(user, now)
    if not left_files:
        raise IllegalMove(_("You have asked for as many files as anybody may in a day."))
    if rows > left_rows:
        raise IllegalMove(
            _("This file would hold %(rows)s rows; within this day you may still take %(left)s.")
            % {"rows": rows, "left": left_rows}
        )
