"""What is asked on the way of a benefit: how far it has come, or why it does not apply."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aftercare.forms.care import PARTIAL, MoneyField, choice, note
from aftercare.states import EntitlementStatus, OwedBy, PaperKind, PaperState
from cases.answering import VersionedForm
from reference.form_fields import EdtfField

STEPS = [
    (step.value, step.label)
    for step in (
        EntitlementStatus.APPLIED,
        EntitlementStatus.GRANTED,
        EntitlementStatus.PAID,
        EntitlementStatus.REFUSED,
    )
]


class EntitlementMoveForm(VersionedForm):
    """How far it has come with the office that owes it."""

    status = choice(_("State"), STEPS)
    on = EdtfField(label=_("Date"), help_text=PARTIAL)
    amount = MoneyField(
        label=_("Amount"),
        required=False,
        max_length=40,
        help_text=_("What was granted or received, for example 30000."),
    )
    note = note(rows=2)

    def __init__(self, *args, currency, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = currency


class EntitlementCentreForm(VersionedForm):
    """Whether the centre gives back what the state pays."""

    status = choice(_("State at the centre"), STEPS)
    on = EdtfField(label=_("Date"), help_text=PARTIAL)


class EntitlementAsideForm(forms.Form):
    """Why a benefit does not apply."""

    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why does it not apply?"), max_length=300, widget=forms.Textarea({"rows": 2})
    )


class StartForm(forms.Form):
    """The benefits that are taken up with one press."""

    code = forms.CharField(max_length=60, required=False)
    codes = forms.CharField(max_length=2000, required=False)

    def clean_codes(self):
        return tuple(filter(None, self.cleaned_data["codes"].split(",")))

    def clean(self):
        facts = super().clean()
        if not facts.get("code") and not facts.get("codes"):
            raise forms.ValidationError(_("Choose a benefit."))
        return facts


class PaperMoveForm(forms.Form):
    """One press on a paper."""

    kind = forms.ChoiceField(choices=PaperKind.choices)
    state = forms.ChoiceField(choices=PaperState.choices)


class OwedFilterForm(forms.Form):
    """Whose waiting is listed."""

    mark_optional = False
    level = forms.ChoiceField(label=_("Owed by"), required=False)
    office = forms.ChoiceField(label=_("Office"), required=False)
    authority = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, offices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("Everybody")), *OwedBy.choices]
        self.fields["office"].choices = [("", _("All")), *((office.key, office.name) for office in offices)]
