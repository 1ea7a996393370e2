from django import forms
from django.utils.translation import gettext_lazy as _


class InstrumentLoadForm(forms.Form):
    """A file with an instrument; the text of a licence stays out of the system until somebody loads it."""

    file = forms.FileField(label=_("File"), max_length=255, help_text=_("A text file, YAML, up to 512 kB"))
