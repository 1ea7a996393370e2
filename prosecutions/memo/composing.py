"""Puts a memo against bail together, from what the reader may see and from nothing else.

Every question goes through the scoped managers as the person who looks; a part of the record that her roles
do not open (survivors, hearings) is left out whole.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from cases.clock import today_in
from prosecutions.memo.history import arrests, bails, breaches, convictions, flights
from prosecutions.memo.lines import Line, Section
from prosecutions.memo.present import application, charges, clocks, identity, law, terms_asked, ties
from prosecutions.memo.survivors import protected, survivors
from prosecutions.models import Accused, BailOrder
from reference.templatetags.show import day


def selves_of(accused: Accused) -> list[Accused]:
    """The same human being in every case the reader may see, this one first."""
    rows = Accused.objects.filter(perpetrator=accused.perpetrator_id).exclude(pk=accused.pk)
    rows = rows.select_related("case__office").order_by("case__number")
    return [accused, *rows]


def compose(
    accused: Accused,
    *,
    bail: BailOrder | None,
    reader: User,
    now: datetime,
    grounds: str = "",
    basis: Sequence[str] = (),
) -> dict[str, Any]:
    """The memo as data: a title, the facts of its head, and its sections."""
    selves = selves_of(accused)
    people = protected(accused, reader)
    sections = [
        own_words(grounds),
        identity(selves),
        application(accused, bail, reader),
        charges(accused),
        bails(selves, bail),
        breaches(selves),
        arrests(selves),
        convictions(selves),
        flights(selves, reader),
        survivors(accused, people, reader),
        ties(accused),
        clocks(accused, now),
        terms_asked(accused, people),
        law(accused, basis),
    ]
    today = today_in(accused.case.office, now)
    return {
        "title": _("Opposition to bail"),
        "number": accused.case.number,
        "made": _("Composed on %(date)s from the records of the case") % {"date": day(today)},
        "footer": _("Each line names the record it is taken from. Survivors stand under a pseudonym."),
        "source": _("Source"),
        "language": get_language() or "en",
        "sections": [section.as_data() for section in sections if section.lines or section.empty],
    }


def own_words(grounds: str) -> Section:
    """What the lawyer writes herself stands first, one paragraph a line."""
    lines = [Line(text.strip()) for text in grounds.splitlines() if text.strip()]
    return Section("grounds", _("Grounds"), lines)
