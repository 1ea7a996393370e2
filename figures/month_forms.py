from django import forms
from django.utils.translation import gettext_lazy as _


class MonthSignForm(forms.Form):
    """The word of whoever signs a month."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why a figure moved, or what a reader should know; no names. It stays under the sheet."),
    )  # fmt: skip
