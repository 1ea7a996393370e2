"""One box over cases, people and courts. Only what the viewer may see is looked through; words stay here."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Can
from cases.models import Case
from desk.links import address
from prosecutions.models import Accused, Proceeding
from reference.templatetags.look import icon_name
from survivors.models import Survivor

SHORT, LONG = 10, 100


class SearchForm(forms.Form):
    """A word or two; every one of them has to be found."""

    mark_optional = False

    q = forms.CharField(
        label=_("What are you looking for?"),
        help_text=_("A case number or title, a chosen name, an accused person, a docket or a court"),
        min_length=2,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    group = forms.CharField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Group:
    """One kind of thing that can be found: where to look, and how a find is shown."""

    name: str
    label: Any
    icon: str
    verb: Can
    model: type
    fields: tuple
    show: object
    order: tuple

    def found(self, words, limit):
        """The rows in which every word occurs somewhere, one more than the limit."""
        rows = self.model.objects.select_related(*(() if self.model is Case else ("case",)))
        for word in words:
            rows = rows.filter(any_of(self.fields, word))
        return list(rows.order_by(*self.order)[: limit + 1])


def any_of(fields, word):
    """The word stands in one of the fields; `key` must be the word itself."""
    match = Q()
    for field in fields:
        match |= Q(**{f"{field}__iexact" if field == "key" else f"{field}__icontains": word})
    return match


def case_row(case):
    return {"url": address("desk:case-page", case.pk), "title": case.title, "number": case.number, "note": ""}


def survivor_row(survivor):
    return {
        "url": address("survivors:survivor-detail", survivor.pk),
        "title": survivor.called,
        "number": survivor.case.number,
        "note": survivor.key,
    }


def accused_row(accused):
    return {
        "url": address("prosecutions:accused-detail", accused.pk),
        "title": accused.called,
        "number": accused.case.number,
        "note": ", ".join(accused.aliases),
    }


def proceeding_row(proceeding):
    return {
        "url": address("prosecutions:proceeding-detail", proceeding.pk),
        "title": proceeding.docket or proceeding.court,
        "number": proceeding.case.number,
        "note": proceeding.court if proceeding.docket else "",
    }


GROUPS = (
    Group(
        "cases",
        _("Cases"),
        icon_name("folder-open"),
        Can.VIEW_CASE,
        Case,
        ("number", "title"),
        case_row,
        ("-touched_at", "pk"),
    ),
    Group(
        "survivors",
        _("Survivors"),
        icon_name("heart-handshake"),
        Can.VIEW_SURVIVOR,
        Survivor,
        ("pseudonym", "label", "key"),
        survivor_row,
        ("pseudonym", "label", "pk"),
    ),
    Group(
        "accused",
        _("Accused"),
        icon_name("users"),
        Can.VIEW_ACCUSED,
        Accused,
        ("name", "label", "aliases"),
        accused_row,
        ("name", "label", "pk"),
    ),
    Group(
        "courts",
        _("Dockets and courts"),
        icon_name("landmark"),
        Can.VIEW_HEARING,
        Proceeding,
        ("docket", "court"),
        proceeding_row,
        ("docket", "court", "pk"),
    ),
)


def find(user, text, only=""):
    """What was found, group by group; ten of each, or a hundred of the one group asked for."""
    words = text.split()[:8]
    results = []
    for group in GROUPS:
        if not user.can(group.verb) or (only and group.name != only):
            continue
        limit = LONG if only else SHORT
        rows = group.found(words, limit)
        if rows:
            results.append(
                {
                    "name": group.name,
                    "label": group.label,
                    "icon": group.icon,
                    "rows": [group.show(row) for row in rows[:limit]],
                    "more": len(rows) > limit and not only,
                    "cut": len(rows) > limit and bool(only),
                }
            )
    return results
