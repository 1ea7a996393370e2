"""What prosecutions demands before the legal track may close (DOMAIN d.3)."""

from django.utils.translation import ngettext

from prosecutions.models import Charge


def charges_without_an_outcome(case):
    """Every charge must be dropped or decided first."""
    left = Charge.objects.filter(case=case).without_outcome().count()
    if not left:
        return None
    return ngettext(
        "%(count)s charge has no outcome yet. Record the verdict, or mark it as dropped.",
        "%(count)s charges have no outcome yet. Record the verdicts, or mark them as dropped.",
        left,
    ) % {"count": left}
