from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from prosecutions.forms.pieces import (
    ChargesField,
    ProceedingField,
    amount,
    currency,
    note,
    today_text,
    when,
    words,
    yes_or_no,
)
from prosecutions.forms.sentences import WithParts
from prosecutions.models import Proceeding
from prosecutions.states import AppealBy, AppealOutcome, Charging, VerdictResult
from reference.form_fields import QuantityFormField
from reference.form_renderer import ChoiceCards
from reference.values import Quantity

LONGEST = 12 * 1000  # some courts do add up to centuries


def check_months(text):
    """A slip of the finger is no sentence."""
    months = Quantity.of(text)
    if max(months.low or 0, months.high or 0) > LONGEST:
        raise forms.ValidationError(_("This is more than a thousand years. Check the number."))


class VerdictRecordForm(WithParts, forms.Form):
    result = forms.ChoiceField(
        label=_("What did the court decide?"), choices=VerdictResult, widget=ChoiceCards()
    )
    on = when(_("Date"), required=True)
    proceeding = ProceedingField(
        label=_("Proceeding"), queryset=None, required=False, empty_label=_("Not known")
    )
    charges = ChargesField(
        label=_("Charges it decides"), queryset=None, required=False, help_text=_("All when none is ticked")
    )
    after_plea = yes_or_no(_("After a guilty plea?"))
    months = QuantityFormField(
        label=_("Months of prison"),
        required=False,
        validators=[check_months],
        widget=forms.TextInput({"class": "w-short"}),
    )
    life = forms.BooleanField(label=_("For life"), required=False)
    suspended = yes_or_no(_("Suspended?"))
    sentence_on = when(_("Sentenced on, if on another day"))
    fine = amount(_("Fine"))
    fine_currency = currency()
    note = note()

    def __init__(self, *args, accused, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today_text(case)
        self.fields["fine_currency"].initial = case.office.currency
        self.fields["proceeding"].queryset = Proceeding.objects.filter(case=case).order_by("key")
        charges = accused.charges.exclude(status=Charging.DROPPED).order_by("position")
        self.fields["charges"].queryset = charges
        self.add_rows()


class AppealFileForm(forms.Form):
    appellant = forms.ChoiceField(label=_("Who appeals?"), choices=AppealBy)
    filed_on = when(_("Filed on"))
    court = words(_("Court"))
    note = note()


class AppealDecideForm(VersionedForm):
    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[choice for choice in AppealOutcome.choices if choice[0] != AppealOutcome.PENDING],
    )
    decided_on = when(_("Decided on"))
    months = QuantityFormField(
        label=_("Months of prison after it"),
        required=False,
        help_text=_("Only if the sentence changed"),
        validators=[check_months],
        widget=forms.TextInput({"class": "w-short"}),
    )
    life = forms.BooleanField(label=_("For life after it"), required=False)
    set_aside = forms.BooleanField(
        label=_("The conviction is set aside"),
        required=False,
        help_text=_("Where a retrial is ordered it always is"),
    )
    note = note()


class AppealCorrectForm(AppealDecideForm):
    note = None
    reason = forms.CharField(
        label=_("What was wrong with it?"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class AppealOpenForm(forms.Form):
    court = words(_("Court"))
    docket = words(_("Docket number"))
    opened_on = when(_("Opened on"))
    hearing_on = forms.DateField(label=_("First hearing"), required=False)
    hearing_time = forms.TimeField(label=_("Time"), required=False)


class RetrialOpenForm(AppealOpenForm):
    """The same answers for the new trial."""
