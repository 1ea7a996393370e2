from django import forms
from django.utils.translation import gettext_lazy as _

from aftercare.states import Danger, SafeNow, SafetyReason
from cases.answering import CodesFormField
from cases.states import RiskLevel
from reference.form_renderer import ChoiceCards

HINTS = {
    "yes": _("Nothing threatens the person as far as we know"),
    "unsure": _("Something is not right, or we could not find out"),
    "no": _("The person is in danger: say what is done about it"),
}
PACE = {
    "high": _("Somebody may harm the person any day"),
    "medium": _("There is danger, and it is watched"),
    "low": _("No danger known"),
}


class SafetyLookForm(forms.Form):
    """Two taps when she is safe; what she is not safe from opens with the answer."""

    safe = forms.ChoiceField(
        label=_("Is the person safe now?"), choices=SafeNow, widget=ChoiceCards(hints=HINTS)
    )
    risk = forms.ChoiceField(
        label=_("How great is the danger?"), choices=RiskLevel, widget=ChoiceCards(hints=PACE)
    )
    dangers = CodesFormField(Danger, label=_("From what is the person not safe?"))
    plan = forms.CharField(
        label=_("What is done about it"),
        required=False,
        widget=forms.Textarea({"rows": 3, "placeholder": " "}),
        max_length=4000,
    )
    reason = forms.ChoiceField(label=_("Why now"), choices=SafetyReason)
    next_on = forms.DateField(
        label=_("Look again on"), required=False,
        help_text=_("Left empty: tomorrow when the person is not safe, else by how great the danger is"),
    )  # fmt: skip
