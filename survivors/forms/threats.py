"""A threat in seconds: what it was, in a few words, and about whom."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.scope import viewer
from cases.answering import CodesFormField, VersionedForm
from cases.keys import keys_of
from reference.form_fields import EdtfField
from survivors.models import Survivor
from survivors.states import ReachedBy, ThreatKind


class ThreatReportForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it was"), choices=[("", "---------"), *ThreatKind.choices])
    what = forms.CharField(
        label=_("What happened"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words are enough; send it now and add the rest later"),
    )  # fmt: skip
    survivor_id = forms.ChoiceField(label=_("Against whom"), required=False)
    on = EdtfField(label=_("When"), required=False, help_text=_("Empty means today"))
    accused = CodesFormField((), label=_("By whom, as far as known"))
    said_by = forms.CharField(label=_("Who told us"), required=False, max_length=200)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        people = Survivor.objects.filter(case=case).for_list()
        self.fields["survivor_id"].choices = [
            ("", _("Everybody of the case")),
            *((str(one.pk), f"{one.code} · {one.called}") for one in people),
        ]
        self.fields["accused"].choices = keys_of(case, viewer(), "accused")
        if not self.fields["accused"].choices:
            del self.fields["accused"]

    def clean_survivor_id(self):
        chosen = self.cleaned_data["survivor_id"]
        return UUID(chosen) if chosen else None


class ThreatAnswerForm(forms.Form):
    action = forms.CharField(
        label=_("What was done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Police told, moved to another home, telephone changed, accompanied to school…"),
    )  # fmt: skip


class ContactRuleEditForm(VersionedForm):
    """When, how and through whom a person may be reached without harm."""

    ways = CodesFormField(ReachedBy, label=_("Ways that are safe"))
    hours = forms.CharField(
        label=_("When"), required=False, max_length=200, help_text=_("For example: weekdays, 9 to 11")
    )
    leave_word = forms.BooleanField(label=_("A message may be left"), required=False)
    who = forms.CharField(
        label=_("Who may answer"), required=False, max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    not_to = forms.CharField(
        label=_("Who must not know"), required=False, max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    we_are = forms.CharField(
        label=_("Say that we are"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}), help_text=_("The school, the bank, a friend"),
    )  # fmt: skip
    code_word = forms.CharField(
        label=_("Code word"), required=False, max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Whoever does not say it is not the person, or cannot speak freely"),
    )  # fmt: skip
    checked_on = EdtfField(label=_("Agreed with the person on"), required=False)
