from django import forms
from django.utils.translation import gettext_lazy as _

from aftercare.forms.care import PARTIAL, note
from aftercare.states import ReopenWhy
from cases.answering import CodesFormField, VersionedForm
from reference.form_fields import EdtfField
from survivors.states import Exploitation

ANSWERS = [("yes", _("Agree: the care ends")), ("no", _("Send back"))]


class ClosureDecideForm(VersionedForm):
    agreed = forms.TypedChoiceField(
        label=_("Your answer"), choices=ANSWERS, coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Why, or what is missing"), required=False, max_length=1000,
        help_text=_("Needed when you send it back"), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class CareReopenForm(VersionedForm):
    why = forms.ChoiceField(label=_("Why"), choices=ReopenWhy, widget=forms.RadioSelect)
    on = EdtfField(label=_("Taken up again on"), help_text=PARTIAL)
    kinds = CodesFormField(
        Exploitation, label=_("Exploitation"), help_text=_("Only for somebody who was exploited again")
    )
    new_case = forms.CharField(
        label=_("Number of the new case"), required=False, max_length=40,
        help_text=_("When a case was opened for what happened now; the two are tied together"),
        widget=forms.TextInput(attrs={"class": "w-medium", "autocomplete": "off"}),
    )  # fmt: skip
    note = note()
