from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from prosecutions.forms.pieces import (
    ChargesField,
    PeopleField,
    ProceedingField,
    amount,
    currency,
    note,
    today_text,
    when,
    words,
    yes_or_no,
)
from prosecutions.models import Accused, Proceeding
from prosecutions.states import AppealBy, AppealOutcome, Charging, VerdictResult
from reference.form_fields import QuantityFormField
from reference.form_renderer import ChoiceCards
from survivors.models import Survivor


class VerdictRecordForm(forms.Form):
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
        label=_("Months of prison"), required=False, widget=forms.TextInput({"class": "w-short"})
    )
    life = forms.BooleanField(label=_("For life"), required=False)
    suspended = yes_or_no(_("Suspended?"))
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
        widget=forms.TextInput({"class": "w-short"}),
    )
    set_aside = forms.BooleanField(label=_("The conviction is set aside"), required=False)
    note = note()


class AwardOrderForm(forms.Form):
    survivors = PeopleField(label=_("For"), queryset=None)
    against = PeopleField(label=_("Who must pay"), queryset=None, required=False)
    ordered_on = when(_("Ordered on"))
    authority = words(_("Court or authority"))
    each = amount(_("For each survivor"))
    total = amount(_("In all"))
    currency = currency()
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["survivors"].queryset = Survivor.objects.filter(case=case).order_by("key")
        self.fields["against"].queryset = Accused.objects.filter(case=case).order_by("key")
        self.fields["currency"].initial = case.office.currency

    def clean_against(self):
        return [person.key for person in self.cleaned_data["against"]]


class PaymentRecordForm(forms.Form):
    amount = amount(_("Amount"), required=True)
    currency = currency()
    on = when(_("Date"))
    survivor = forms.ModelChoiceField(
        label=_("To"), queryset=None, required=False, empty_label=_("All of them")
    )
    note = note()

    def __init__(self, *args, award, **kwargs):
        super().__init__(*args, **kwargs)
        shares = award.shares.exclude(survivor=None).values("survivor")
        field = self.fields["survivor"]
        field.queryset = Survivor.objects.filter(pk__in=shares).order_by("key")
        field.label_from_instance = lambda row: f"{row.key} · {row.called}"
        self.fields["currency"].initial = award.each_currency or award.total_currency


class PaymentCorrectForm(VersionedForm):
    amount = amount(_("Amount"), required=True)
    reason = forms.CharField(
        label=_("What was wrong with it?"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
