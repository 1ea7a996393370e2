from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
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
    """Which of the people on bail or asking for it."""

    mark_optional = False
    STATES = {
        Bail.SOUGHT: _("Application pending"),
        Bail.GRANTED: _("On bail"),
        Bail.BREACHED: _("Condition broken"),
    }

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *STATES.items()])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *BailKind.choices])
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def criteria(self):
        """What was asked for and can be read; nonsense asks for nothing."""
        self.is_valid()
        return {"state": "", "kind": "", "case": None} | self.cleaned_data

    def narrowed(self, rows):
        """Of the bail that runs or is asked for, what the filter wants."""
        facts = self.criteria()
        wanted = {"status": facts["state"], "kind": facts["kind"], "case": facts["case"]}
        return rows.watched().filter(**{name: value for name, value in wanted.items() if value})


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


class BailGrantForm(VersionedForm):
    proceeding = ProceedingField(
        label=_("Proceeding"), queryset=None, required=False, empty_label=_("Not known")
    )
    decided_on = when(_("Date of the decision"), required=True)
    conditions = LinesField(label=_("Conditions"), longest=300, help_text=_("One on each line"))
    surety = amount(_("Surety"))
    surety_currency = currency()

    def __init__(self, *args, bail, **kwargs):
        super().__init__(*args, **kwargs)
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


class BailCancelForm(VersionedForm):
    ended_on = when(_("Date"), required=True)
    held = forms.BooleanField(label=_("Back in custody since then"), required=False, initial=True)
    note = note()


class BailEndForm(VersionedForm):
    ended = forms.ChoiceField(label=_("How did it end?"), choices=[("", _("Choose")), *BailEnd.choices])
    ended_on = when(_("Date"))
    note = note()
