from django import forms
from django.utils.translation import gettext_lazy as _

from aftercare.forms.care import DayField, choice, note
from aftercare.states import AssessmentReason, Domain
from reference.form_renderer import ChoiceCards

UNKNOWN = "unknown"
SCORES = [
    ("1", _("1, most vulnerable")),
    ("2", "2"),
    ("3", "3"),
    ("4", _("4, least vulnerable")),
    (UNKNOWN, _("Not enough information")),
]


class PartsForm(forms.Form):
    """Each part of an instrument as four steps in words, or that not enough is known, and why."""

    mark_optional = False
    parts = ()

    def ask(self, parts, *, evidence=True, before=None):
        """One question for each part; the step of the last time says so, {code: 1 to 4 or None}."""
        self.parts, before = list(parts), before or {}
        for part in self.parts:
            steps = [(str(number), str(number)) for number in range(1, len(part.steps) + 1)]
            hints = {**dict(zip(("1", "2", "3", "4"), part.steps, strict=True)), UNKNOWN: ""}
            if part.code in before:
                last = str(before[part.code] or UNKNOWN)
                hints[last] = _("%(step)s (last time)") % {"step": hints[last]}
            self.fields[f"part_{part.code}"] = forms.ChoiceField(
                label=part.label, required=False, help_text=part.question,
                choices=[*steps, (UNKNOWN, SCORES[-1][1])], widget=ChoiceCards(hints=hints),
            )  # fmt: skip
            if evidence:
                self.fields[f"why_{part.code}"] = forms.CharField(
                    label=_("What it rests on, in few words"), required=False, max_length=500
                )

    def rows(self, domain=None):
        """(part, its steps, what it rests on) of one domain, or of all."""
        asked = [part for part in self.parts if domain in (None, part.domain)]
        return [(part, self[f"part_{part.code}"], self.why(part)) for part in asked]

    def why(self, part):
        """The field for what its score rests on; None where that is not asked."""
        name = f"why_{part.code}"
        return self[name] if name in self.fields else None

    def said(self, part):
        """1 to 4, None for "not enough information", or nothing when it was not answered."""
        given = self.cleaned_data.get(f"part_{part.code}") or ""
        return None if given == UNKNOWN else int(given) if given else ""

    def answers(self, domain):
        """{key of the part: (score or None, why)} of a domain; whoever began it answers all of it."""
        of_domain = [part for part in self.parts if part.domain == domain]
        said = {part: self.said(part) for part in of_domain}
        if not any(value != "" for value in said.values()):
            return {}
        for part, value in said.items():
            if value == "" and f"part_{part.code}" not in self.errors:
                self.add_error(f"part_{part.code}", _("Choose a step, or “Not enough information”."))
        evidence = {part: self.cleaned_data.get(f"why_{part.code}") or "" for part in of_domain}
        return {part.pk: (value, evidence[part]) for part, value in said.items() if value != ""}


class AssessmentScoreForm(PartsForm):
    """Six domains, each by its parts, or a score as a whole, or 'not enough information'."""

    on = DayField(label=_("Date"))
    reason = choice(_("Why now"), AssessmentReason.choices)
    setting = forms.CharField(
        label=_("Scored against which home"),
        max_length=1000,
        help_text=_("The home, family, school and community to return to, not the shelter"),
    )
    note = note()

    def __init__(self, *args, parts=(), before=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask(parts, before=before)
        for code, label in Domain.choices:
            self.fields[code] = forms.ChoiceField(
                label=label, choices=SCORES, required=False, widget=forms.RadioSelect
            )
            self.fields[f"{code}_parts"] = forms.CharField(
                label=_("Its parts, if scored one by one"), required=False, max_length=40,
                help_text=_("For example 3 2 4; their average is the score"),
                widget=forms.TextInput(attrs={"class": "w-short", "inputmode": "numeric"}),
            )  # fmt: skip

    def domains(self):
        """(code, field of the score, field of the parts) for the page."""
        return [(code, self[code], self[f"{code}_parts"]) for code in Domain.values]

    def clean(self):
        facts = {name: self.cleaned_data.get(name) for name in ("on", "reason", "setting", "note")}
        facts |= {"scores": {}, "parts": {}}
        for code in Domain.values:
            by_part = self.answers(code)
            facts["parts"] |= by_part
            given = self.parts_of(code) or self.cleaned_data.get(code)
            if isinstance(given, str) and given.isdigit():
                given = int(given)
            if not given and not by_part and code not in self.errors:
                self.add_error(code, _("Choose a score, or “Not enough information”."))
            elif given and given != UNKNOWN and not by_part:
                facts["scores"][code] = given
        return facts

    def parts_of(self, code):
        """The parts of a domain as numbers, each between 1 and 4."""
        parts = (self.cleaned_data.get(f"{code}_parts") or "").replace(",", " ").split()
        if all(part in ("1", "2", "3", "4") for part in parts):
            return [int(part) for part in parts]
        self.add_error(f"{code}_parts", _("Write numbers from 1 to 4 with spaces between them."))
        return []


class SecondRatingForm(PartsForm):
    """The same parts, scored by somebody who has not seen the first scores."""

    note = note()

    def __init__(self, *args, parts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.ask(parts, evidence=False)

    def clean(self):
        found = {}
        for domain in Domain.values:
            found |= self.answers(domain)
        codes = {part.pk: part.code for part in self.parts}
        scores = {codes[key]: value for key, (value, _why) in found.items()}
        if not self.errors and not any(value for value in scores.values()):
            self.add_error(None, _("Score at least one part."))
        return {"scores": scores, "note": self.cleaned_data.get("note") or ""}
