"""Parts of a sentence in rows, a judgment that is put right, and the day of release."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from cases.states import IllegalMove
from prosecutions.actions.sentences import check_part
from prosecutions.forms.pieces import amount, currency, one_of, when, words, yes_or_no
from prosecutions.sentencing import Runs, SentenceKind, Told
from prosecutions.states import VerdictResult
from reference.form_fields import QuantityFormField
from reference.form_renderer import ChoiceCards

PART = re.compile(r"^part_(\d{1,2})_kind$")
NAMES = ("kind", "months", "days", "runs", "amount", "currency", "note")
ROWS = 4
MOST = 20


def short(label):
    """Months or days, also half known."""
    return QuantityFormField(label=label, required=False, widget=forms.TextInput({"class": "w-short"}))


class WithParts:
    """The parts of a sentence, one row each; a row without a kind says nothing."""

    def add_rows(self, parts=()):
        """As many rows as were sent, or two more than there are parts."""
        sent = [int(found[1]) for key in self.data if (found := PART.match(key))] if self.is_bound else []
        self.numbers = range(1, min(max([*sent, 0]) if sent else max(ROWS, len(parts) + 2), MOST) + 1)
        for number in self.numbers:
            row = {
                "kind": one_of(_("What"), SentenceKind.choices),
                "months": short(_("Months")),
                "days": short(_("Days")),
                "runs": one_of(_("How it runs"), Runs.choices),
                "amount": amount(_("Amount")),
                "currency": currency(),
                "note": words(_("Note"), 300),
            }
            row["kind"].choices = [("", _("Nothing more")), *SentenceKind.choices]
            for name, field in row.items():
                self.fields[f"part_{number}_{name}"] = field
        for number, part in enumerate(parts[:MOST], 1):
            for name, value in part.items():
                self.fields[f"part_{number}_{name}"].initial = value

    def rows(self):
        """For the page: the fields of each row."""
        return [{name: self[f"part_{number}_{name}"] for name in NAMES} for number in self.numbers]

    @property
    def in_parts(self):
        """Is there a part to show, so that the rows stand open?"""
        return any(self[f"part_{number}_kind"].value() for number in self.numbers)

    def clean(self):
        facts = super().clean()
        facts = self.cleaned_data if facts is None else facts
        rows = [(n, {name: facts.pop(f"part_{n}_{name}", "") for name in NAMES}) for n in self.numbers]
        facts["parts"] = [part for number, part in rows if self.whole(number, part)]
        return facts

    def whole(self, number, part):
        """Does this row say something, and is it a part that can be?"""
        if not part["kind"]:
            if any(part[name] not in ("", None) for name in ("months", "days", "amount")):
                self.add_error(f"part_{number}_kind", _("Choose what this part is."))
            return False
        try:
            check_part(part, f"part_{number}_kind")
        except IllegalMove as why:
            self.add_error(why.field, str(why))
        return True


def rows_of(verdict):
    """The parts that stand, as the rows of a form show them."""
    return [
        {
            "kind": row.kind, "months": row.months, "days": row.days, "runs": row.runs,
            "amount": row.amount_low, "currency": row.amount_currency, "note": row.note,
        }
        for row in verdict.parts.filter(stands=True).order_by("position")
    ]  # fmt: skip


class VerdictCorrectForm(WithParts, VersionedForm):
    result = forms.ChoiceField(
        label=_("What did the court decide?"), choices=VerdictResult, widget=ChoiceCards()
    )
    on = when(_("Date"), required=True)
    sentence_on = when(_("Sentenced on, if on another day"))
    months = short(_("Months of prison"))
    life = forms.BooleanField(label=_("For life"), required=False)
    suspended = yes_or_no(_("Suspended?"))
    fine = amount(_("Fine"))
    fine_currency = currency()
    reason = forms.CharField(
        label=_("What was wrong with it?"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args, verdict, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_rows(rows_of(verdict))


def initial_of_verdict(verdict):
    """The judgment as it stands; the total only where there are no parts, which say it better."""
    facts = {name: getattr(verdict, name) for name in ("result", "on", "sentence_on", "version")}
    if verdict.parts.filter(stands=True).exists():
        return facts
    total = {name: getattr(verdict, name) for name in ("months", "life", "suspended")}
    return facts | total | {"fine": verdict.fine_low, "fine_currency": verdict.fine_currency}


class ReleaseStateForm(VersionedForm):
    on = forms.DateField(
        label=_("Day of release by the court or the prison"),
        required=False,
        help_text=_("Leave it empty to go back to what the records give"),
    )
    reason = words(_("Where is this date from?"), 300, help_text=_("A letter, an order, a call: from whom"))


class ReleaseAnswerForm(VersionedForm):
    told = forms.ChoiceField(
        label=_("Were the survivors told of this day?"),
        choices=Told,
        widget=ChoiceCards(
            hints={
                Told.TOLD: _("Each of them knows the day, and her plan for safety was looked at"),
                Told.NOT_TOLD: _("Somebody decided so, and can say why"),
            }
        ),
    )
    reason = words(_("If not: why?"), 300)


class ReleaseFilterForm(forms.Form):
    """Whose sentence ends, and how soon."""

    mark_optional = False
    SPANS = {"30": _("Within 30 days"), "": _("Within 90 days"), "365": _("Within a year")}

    within = forms.ChoiceField(label=_("When"), required=False, choices=SPANS.items())
    told = forms.ChoiceField(
        label=_("Survivors"), required=False, choices=[("", _("All")), ("no", _("Nobody has said so far"))]
    )
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def criteria(self):
        """What was asked for and can be read; nonsense asks for nothing."""
        self.is_valid()
        return {"within": "", "told": "", "case": None} | self.cleaned_data
