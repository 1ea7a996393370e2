from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Office, User
from cases.answering import CodesFormField
from cases.forms import any_of
from cases.states import AftercareStatus, CaseworkType, LegalStatus, SharePart
from exchange.kinds import LISTINGS
from exchange.querysets import offices_of_exporter
from exchange.states import FORMS, INSIDE, NEEDS, ExportKind, ExportPurpose
from reference.form_renderer import ChoiceCards

WHAT_IS_IN_IT = {
    ExportKind.CASES: _("Numbers, types, tracks and dates; no titles, no texts"),
    ExportKind.HEARINGS: _("Courts, dates, purposes and outcomes"),
    ExportKind.SURVIVORS: _("Codes, pseudonyms, gender; nobody who did not agree when the file leaves us"),
    ExportKind.IDENTITIES: _("Legal names and dates of birth; a second person must always say yes"),
}


class PurposeForm(forms.Form):
    """For whom and what for: asked before every file."""

    of_numbers = False  # does the file hold numbers alone? Only that may go to a donor or the public.

    purpose = forms.ChoiceField(label=pgettext_lazy("file", "Purpose"), choices=ExportPurpose.choices)
    receiver = forms.CharField(
        label=_("Receiver"), required=False, max_length=200,
        help_text=_("The organisation and the person there; leave it empty for our own use"),
    )  # fmt: skip
    why = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Why it is needed now; it stands on the copy")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.of_numbers:
            field = self.fields["purpose"]
            field.choices = [one for one in field.choices if one[0] != ExportPurpose.DONOR]

    def clean(self):
        answers = super().clean()
        if answers.get("purpose") and answers["purpose"] not in INSIDE and not answers.get("receiver"):
            self.add_error("receiver", now_("Say who receives the file."))
        if answers.get("purpose") in INSIDE and answers.get("receiver"):
            # Made by the rules for ourselves, it would go to somebody else.
            words = now_("A file for our own use has no receiver. Choose what the receiver needs it for.")
            self.add_error("purpose", words)
        return answers


class ExportAddForm(PurposeForm):
    """A list: what it holds, how it is narrowed, for whom and what for."""

    kind = forms.ChoiceField(label=_("What should be in the file?"))
    form = forms.ChoiceField(
        label=_("Kind of file"), choices=[(one.value, one.label) for one in FORMS[ExportKind.CASES]]
    )
    office = forms.TypedChoiceField(label=_("Office"), required=False, coerce=int, empty_value=None)
    kind_of_case = any_of(_("Casework type"), CaseworkType.choices)
    legal_status = any_of(_("Legal track"), LegalStatus.choices)
    aftercare_status = any_of(_("Aftercare track"), AftercareStatus.choices)
    first = forms.DateField(label=_("Hearings from"), required=False)
    last = forms.DateField(label=_("Hearings to"), required=False)

    field_order = (
        "kind", "form", "office", "kind_of_case", "legal_status", "aftercare_status", "first", "last",
        "purpose", "receiver", "why",
    )  # fmt: skip
    NARROWED_BY = {
        ExportKind.CASES: ("office", "kind_of_case", "legal_status", "aftercare_status"),
        ExportKind.HEARINGS: ("office", "first", "last"),
        ExportKind.SURVIVORS: ("office", "kind_of_case"),
        ExportKind.IDENTITIES: ("office", "kind_of_case"),
    }

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in LISTINGS if person.can(NEEDS[kind])]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].widget = ChoiceCards(
            choices=self.fields["kind"].choices, hints={kind.value: WHAT_IS_IN_IT[kind] for kind in kinds}
        )
        offices = [(office.pk, office.name) for office in person.offices_seen]
        self.fields["office"].choices = [("", now_("All")), *offices]
        self.mine = offices_of_exporter(person)

    def clean(self):
        """Only what narrows this kind of list is kept, in a form that can be written down."""
        answers = super().clean()
        names = self.NARROWED_BY.get(answers.get("kind"), ())
        answers["filters"] = {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name in names
            if (value := answers.get(name))
        }
        first, last = answers.get("first"), answers.get("last")
        if first and last and first > last:
            self.add_error("last", now_("This lies before the first day."))
        return answers

    def facts(self):
        """What the action takes."""
        answers = self.cleaned_data
        names = ("kind", "form", "purpose", "receiver", "why", "filters")
        office = Office.objects.filter(pk=answers.get("office")).first()
        return {**{name: answers[name] for name in names}, "office": office}


class SummaryAddForm(PurposeForm):
    """One case on paper."""


class ConfirmForm(forms.Form):
    """Nothing to fill in: the press of the button is the answer."""


class UntilForm(forms.Form):
    """Until the end of a day, by the clock of an office."""

    until = forms.DateField(label=_("Last day"))

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office

    def clean_until(self):
        day = self.cleaned_data["until"]
        return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self.office.time_zone))


class HandoverAddForm(UntilForm):
    most_downloads = forms.IntegerField(
        label=_("How often it may be fetched"), min_value=1, max_value=5, initial=1
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = now_("%(days)s days at most") % {"days": settings.HANDOVER_MOST_DAYS}


class HandoverOpenForm(forms.Form):
    """The code that was told by another way."""

    code = forms.CharField(
        label=_("Code"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-medium"}),
        help_text=_("Eight digits; the person who sent you the link tells them to you by telephone"),
    )  # fmt: skip


class ShareAddForm(UntilForm):
    """Which few things of a case, with whom, what for and until when."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Partner"))
    parts = CodesFormField(SharePart, label=_("What may be seen"))
    purpose = forms.CharField(
        label=pgettext_lazy("file", "Purpose"),
        max_length=200,
        help_text=_("The partner reads it too; no real names"),
    )

    field_order = ("user", "parts", "purpose", "until")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        self.fields["parts"].initial = [SharePart.CASE.value]
        most = {"days": settings.SHARE_MOST_DAYS}
        self.fields["until"].help_text = now_("%(days)s days ahead at most") % most
