from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from prosecutions.board import HELD
from prosecutions.forms.bail_watch import TermsForm, broken_condition
from prosecutions.forms.pieces import (
    DayField,
    LinesField,
    ProceedingField,
    amount,
    currency,
    note,
    when,
    words,
)
from prosecutions.models import Proceeding
from prosecutions.states import Bail, BailEnd, BailKind
from reference.form_renderer import ChoiceCards


class BailFilterForm(forms.Form):
    """Which of the people on bail, asking for it, or held while a clock runs; and in which order."""

    mark_optional = False
    STATES = {
        Bail.SOUGHT: _("Application pending"),
        Bail.GRANTED: _("On bail"),
        Bail.BREACHED: _("Condition broken"),
        HELD: _("In custody, clock running"),
    }
    NEEDS = {
        "due": _("A condition is due"),
        "old": _("Not confirmed lately"),
        "answer": _("No answer from us yet"),
    }
    SORTS = {
        "": _("What needs us first"),
        "hearing": _("Next hearing"),
        "out": _("Longest at liberty"),
        "confirmed": _("Oldest confirmation"),
        "clock": _("Clock that ends first"),
    }

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *STATES.items()])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *BailKind.choices])
    need = forms.ChoiceField(label=_("Needs"), required=False, choices=[("", _("All")), *NEEDS.items()])
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS.items())
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def criteria(self):
        """What was asked for and can be read; nonsense asks for nothing."""
        self.is_valid()
        return {"state": "", "kind": "", "need": "", "sort": "", "case": None} | self.cleaned_data


class BailSeekForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=BailKind,
        initial=BailKind.PRETRIAL,
        widget=ChoiceCards(
            hints={"pretrial": _("Before the judgment"), "pending_appeal": _("After a conviction")}
        ),
    )
    proceeding = ProceedingField(
        label=_("Proceeding"), queryset=None, required=False, empty_label=_("Not known")
    )
    applied_on = when(_("Applied on"))
    heard_on = DayField(label=_("Will be heard on"), required=False)
    heard_time = forms.TimeField(label=_("Time"), required=False)
    court = words(_("Court"))
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proceeding"].queryset = Proceeding.objects.filter(case=case).order_by("key")


class BailOpposeForm(VersionedForm):
    opposition = forms.ChoiceField(
        label=_("Our answer"),
        choices=[("filed", _("Opposition filed")), ("not_opposing", _("Not opposing"))],
        widget=ChoiceCards(),
    )
    opposition_reason = words(_("Reason"), 300, help_text=_("Needed when we do not oppose it"))


class BailGrantForm(TermsForm, VersionedForm):
    field_order = [
        "version", "proceeding", "decided_on", "report_weekday", "report_at", "stay_away", "other_terms",
        "conditions", "surety", "surety_currency",
    ]  # fmt: skip
    proceeding = ProceedingField(
        label=_("Proceeding"), queryset=None, required=False, empty_label=_("Not known")
    )
    decided_on = when(_("Date of the decision"), required=True)
    conditions = LinesField(
        label=_("Conditions"), longest=300, help_text=_("Whatever else the court ordered, one on each line")
    )
    surety = amount(_("Surety"))
    surety_currency = currency()

    def __init__(self, *args, bail, **kwargs):
        super().__init__(*args, bail=bail, **kwargs)
        self.fields["proceeding"].queryset = Proceeding.objects.filter(case=bail.case_id).order_by("key")
        if bail.proceeding_id:
            del self.fields["proceeding"]


class BailReleaseForm(VersionedForm):
    released_on = when(_("Date of the release"), required=True)


class BailRefuseForm(VersionedForm):
    decided_on = when(_("Date of the decision"))
    note = note()


class BailWithdrawForm(VersionedForm):
    decided_on = when(_("Date"))
    note = note()


class BailBreachForm(VersionedForm):
    what = forms.CharField(label=_("What happened?"), max_length=300)
    on = when(_("Date"))
    note = note()

    def __init__(self, *args, bail, **kwargs):
        super().__init__(*args, **kwargs)
        if bail.terms.filter(lifted_on="").exists():
            self.fields["condition"] = broken_condition(bail)
            self.order_fields(["version", "condition"])


class BailCancelForm(VersionedForm):
    ended_on = when(_("Date"), required=True)
    held = forms.BooleanField(label=_("Back in custody since then"), required=False, initial=True)
    note = note()


class BailEndForm(VersionedForm):
    ended = forms.ChoiceField(label=_("How did it end?"), choices=[("", _("Choose")), *BailEnd.choices])
    ended_on = when(_("Date"))
    note = note()
