"""What the pages say of a sentence and of the day on which it ends."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.clock import today_in
from prosecutions.actions.sentences import part_in_words
from prosecutions.models import Release
from prosecutions.sentencing import ReleaseState
from prosecutions.terms import Part, in_default
from prosecutions.views.person import sentence_words
from reference.templatetags.show import day, quantity

YEAR = 365  # days; a release that lies further off is not counted down


def look_of(row):
    """The day of release in words, how soon it is, and whether anybody was told."""
    left = (row.release_on - today_in(row.case.office, timezone.now())).days if row.release_on else None
    tone = "plain"
    if left is not None:
        tone = "danger" if left <= 7 else "soon" if left <= 30 else "info"
    passed, near = left is not None and left < 0, left is not None and 0 <= left <= YEAR
    return {"left": left, "passed": passed, "near": near, "tone": tone, "when": when_of(row)}


def when_of(row):
    """The day, or what is known of it."""
    if row.state not in (ReleaseState.DATED, ReleaseState.UNKNOWN) or not row.release_on:
        return row.get_state_display()
    if row.stated_on:
        return _("%(day)s, by the reckoning of the court") % {"day": day(row.stated_on)}
    if row.earliest_on is None:
        return _("%(day)s at the latest") % {"day": day(row.latest_on)}
    if row.latest_on is None:
        return _("%(day)s at the earliest") % {"day": day(row.earliest_on)}
    if row.earliest_on != row.latest_on:
        return _("%(first)s to %(last)s") % {"first": day(row.earliest_on), "last": day(row.latest_on)}
    return day(row.earliest_on)


def release_card(accused):
    """What the page of the person says of her release, or None while nobody is convicted."""
    row = Release.objects.filter(accused=accused).select_related("case__office").first()
    if row is None:
        return None
    row.look = look_of(row)
    row.credit = ""
    if row.credit_high:
        same = row.credit_low == row.credit_high
        row.credit = quantity(str(row.credit_low) if same else f"{row.credit_low}..{row.credit_high}")
    return row


def sentence_lines(accused):
    """The judgments with their parts in words; reads prefetched rows."""
    found = []
    for verdict in sorted(accused.verdicts.all(), key=lambda row: row.position):
        rows = sorted((row for row in verdict.parts.all() if row.stands), key=lambda row: row.position)
        default = in_default(Part(row.kind, row.months, row.days, row.runs) for row in rows)
        found.append(
            {
                "verdict": verdict,
                "words": sentence_words(verdict),
                "parts": [part_in_words(row) for row in rows],
                "in_default": length_in_words(default.high or default.low),
            }
        )
    return found


def length_in_words(length):
    """10 months and 15 days; '' for nothing."""
    months, days = (length.months, length.days) if length else (0, 0)
    words = [
        ngettext("%(number)s month", "%(number)s months", months) % {"number": months} if months else "",
        ngettext("%(number)s day", "%(number)s days", days) % {"number": days} if days else "",
    ]
    return " ".join(filter(None, words))
