"""Asking for a whole case as a file, and the keys of offices that files are sealed for."""

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from exchange.forms import PurposeForm
from exchange.models import OfficeKey
from exchange.states import FORMS, ExportFormat, ExportKind


class CaseFileAddForm(PurposeForm):
    """One case in the format of case files."""

    form = forms.ChoiceField(
        label=_("Kind of file"), choices=[(one.value, one.label) for one in FORMS[ExportKind.CASE_FILE]]
    )
    key = forms.ModelChoiceField(
        OfficeKey.objects.none(), label=_("Sealed for"), required=False,
        empty_label=_("Nobody: in the clear"),
        help_text=_("Only this office can open the file then"),
    )  # fmt: skip
    field_order = ("form", "key", "purpose", "receiver", "why")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keys = OfficeKey.objects.filter(checked_at__isnull=False, ended_at=None)
        self.fields["key"].queryset = keys.order_by("name", "pk")

    def clean(self):
        answers = super().clean()
        sealed = answers.get("form") == ExportFormat.AGE
        if sealed and not answers.get("key"):
            self.add_error("key", now_("Choose the office that the file is sealed for."))
        if answers.get("key") and not sealed:
            self.add_error("form", now_("A file for one office is sealed; choose that kind of file."))
        return answers

    def facts(self):
        """What the action takes."""
        names = ("form", "purpose", "receiver", "why")
        key = self.cleaned_data.get("key")
        filters = {"key": str(key.pk)} if key else {}
        return {**{name: self.cleaned_data[name] for name in names}, "filters": filters}


class KeyAddForm(forms.ModelForm):
    """A key as an office has sent it."""

    class Meta:
        model = OfficeKey
        fields = ("name", "recipient")
        help_texts = {
            "recipient": _("It begins with age1; the office makes it with: manage.py new_office_key"),
        }

    def clean_recipient(self):
        return self.cleaned_data["recipient"].strip().lower()

    def validate_constraints(self):
        """The action and the database judge."""
