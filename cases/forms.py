from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.roles import ROLE_CAN, Can
from cases.actions.deputies import offices_of, working_in
from cases.answering import CodesFormField, FactForm, VersionedForm
from cases.keys import keys_of
from cases.models import (
    Agency,
    Case,
    CaseLink,
    CaseMilestone,
    Grant,
    Note,
    ReferralStep,
    RiskNote,
    Task,
)
from cases.querysets import CASE_ROLES
from cases.states import (
    AftercareReason,
    AftercareStatus,
    CaseworkType,
    LegalReason,
    LegalStatus,
    RiskLevel,
    Sensitivity,
    Track,
    next_statuses,
)
from reference.form_fields import EdtfField
from reference.form_renderer import ChoiceCards

WHO_MAY_OPEN = {
    "0": _("The people named on it, the leads of the office and the duty officer"),
    "1": _("Nobody but the people named on it"),
    "2": _("Nobody but the people named on it; it leaves every list and count of the others"),
}
RISKS = {
    "low": _("No sign of danger; look again in a week"),
    "medium": _("Signs of danger; act within 72 hours"),
    "high": _("Somebody is in danger; act today"),
}
STEPS = 3


def any_of(label, choices):
    """A filter: one code of a list, or all of them."""
    return forms.ChoiceField(label=label, choices=[("", _("All")), *choices], required=False)


class CaseFilterForm(forms.Form):
    """What the list of cases shows. Words to look for are sent, not put into the address."""

    mark_optional = False
    legal = any_of(_("Legal track"), LegalStatus.choices)
    aftercare = any_of(_("Aftercare track"), AftercareStatus.choices)
    kind = any_of(_("Casework type"), CaseworkType.choices)
    office = any_of(_("Office"), [])
    team = any_of(_("Team"), [("mine", _("Cases I am named on"))])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [
            ("", now_("All")),
            *Office.objects.order_by("name").values_list("key", "name"),
        ]

    def criteria(self):
        """The filters that were understood, as words of the queryset."""
        asked = self.cleaned_data if self.is_valid() else {}
        names = {
            "legal": "legal_status", "aftercare": "aftercare_status", "kind": "casework_type",
            "office": "office__key",
        }  # fmt: skip
        return {column: asked.get(name, "") for name, column in names.items()}


class CaseFindForm(forms.Form):
    """Words to look for in numbers and titles."""

    mark_optional = False
    text = forms.CharField(label=_("Number or words of the title"), required=False, max_length=100)


class CaseOpenForm(FactForm):
    """A new case, and the chain by which it came."""

    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), empty_label=None)
    sensitivity = forms.TypedChoiceField(
        label=_("Who may open it"), choices=Sensitivity.choices, coerce=int, initial=Sensitivity.OFFICE,
        widget=ChoiceCards(hints=WHO_MAY_OPEN),
    )  # fmt: skip

    class Meta:
        model = Case
        fields = ["office", "title", "casework_type", "summary", "opened_on", "country", "sensitivity"]
        help_texts = {"country": _("Two letters, if it is not the country of the office")}

    def __init__(self, *args, opener, **kwargs):
        super().__init__(*args, **kwargs)
        openers = [office for office, role in opener.live_memberships if Can.OPEN_CASE in ROLE_CAN[role]]
        offices = Office.objects.filter(pk__in=openers).order_by("name")
        self.fields["office"].queryset = offices
        self.fields["office"].initial = offices.first()
        for step in range(1, STEPS + 1):
            self.fields[f"from_{step}"] = forms.CharField(
                label=now_("Step %(number)s: from") % {"number": step}, required=False, max_length=200
            )
            self.fields[f"to_{step}"] = forms.CharField(
                label=now_("Step %(number)s: to") % {"number": step}, required=False, max_length=200,
                help_text=now_("Leave it empty for ourselves"),
            )  # fmt: skip
            self.fields[f"on_{step}"] = EdtfField(
                label=now_("Step %(number)s: date") % {"number": step}, required=False
            )

    @property
    def steps(self):
        """The questions of the chain, three by three."""
        return [[self[f"{part}_{step}"] for part in ("from", "to", "on")] for step in range(1, STEPS + 1)]

    @property
    def facts(self):
        """The questions about the case itself."""
        return [self[name] for name in self.Meta.fields]

    def clean_country(self):
        return clean_country(self.cleaned_data["country"])

    def clean(self):
        """Gather the chain; a step that names only a receiver has no beginning."""
        answers = super().clean()
        answers["referral"] = []
        for step in range(1, STEPS + 1):
            source, target, on = (answers.pop(f"{part}_{step}", "") for part in ("from", "to", "on"))
            if source:
                answers["referral"].append({"source": source, "target": target or "us", "on": on})
            elif target or on:
                self.add_error(f"from_{step}", now_("Say who passed the case on."))
        return answers


def clean_country(code):
    """Two capital letters, or nothing."""
    code = code.strip().upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise forms.ValidationError(now_("Write the country as two letters, such as PH."))
    return code


class CaseEditForm(VersionedForm, FactForm):
    supported_by = SimpleArrayField(
        forms.CharField(max_length=120), label=_("Supported by"), required=False,
        help_text=_("Several, with commas between them"),
    )  # fmt: skip

    class Meta:
        model = Case
        fields = ["title", "casework_type", "summary", "opened_on", "country", "led_by", "supported_by"]

    def clean_country(self):
        return clean_country(self.cleaned_data["country"])


class CaseSealForm(VersionedForm):
    sensitivity = forms.TypedChoiceField(
        label=_("Who may open it"), choices=Sensitivity.choices, coerce=int,
        widget=ChoiceCards(hints=WHO_MAY_OPEN),
    )  # fmt: skip


class TrackMoveForm(VersionedForm):
    """Where the track goes; a reason only when it is closed."""

    status = forms.ChoiceField(label=_("New state"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Why it is closed"), required=False, help_text=_("Only when the track is closed")
    )
    on = EdtfField(label=_("Date"), required=False, help_text=_("Today if left empty"))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, case, track, **kwargs):
        super().__init__(*args, **kwargs)
        status = case.status_of(track)
        reasons = LegalReason if track == Track.LEGAL else AftercareReason
        self.fields["status"].choices = [(one.value, one.label) for one in next_statuses(track, status)]
        self.fields["reason"].choices = [("", "–"), *reasons.choices]
        self.initial["version"] = case.version


class AssignmentAddForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    role = forms.ChoiceField(
        label=_("Role on this case"), choices=[(role.value, role.label) for role in CASE_ROLES]
    )
    backup = forms.BooleanField(
        label=_("Stands in for the role"), required=False,
        help_text=_("Is told when the person first named does not answer"),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Last day"), required=False, help_text=_("The person sees the case up to the end of this day")
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)

    def __init__(self, *args, people, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office
        self.fields["user"].queryset = people

    def clean_until(self):
        """The end of that day, by the clock of the office."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self.office.time_zone))


class ConfirmForm(forms.Form):
    """Nothing to fill in: the press of the button is the answer."""


class ReferralAddForm(FactForm):
    target = forms.CharField(
        label=_("To"), required=False, max_length=200, help_text=_("Leave it empty for ourselves")
    )

    class Meta:
        model = ReferralStep
        fields = ["source", "target", "on", "note"]


class AgencyAddForm(FactForm):
    class Meta:
        model = Agency
        fields = ["name", "kind", "country", "locality", "partner", "trained_on", "note"]

    def clean_country(self):
        return clean_country(self.cleaned_data["country"])


class GrantAddForm(FactForm):
    class Meta:
        model = Grant
        fields = ["name", "through", "starts_on", "ends_on", "note"]


class LinkAddForm(FactForm):
    class Meta:
        model = CaseLink
        fields = ["kind", "number", "outside", "on", "note"]


class MilestoneAddForm(FactForm):
    class Meta:
        model = CaseMilestone
        fields = ["what", "on", "note"]


class NoteAddForm(FactForm):
    about = CodesFormField([], label=_("About"))

    class Meta:
        model = Note
        fields = ["text", "on", "about"]

    def __init__(self, *args, case, writer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = keys_of(case, writer)
        if not self.fields["about"].choices:
            del self.fields["about"]


class RiskAssessForm(FactForm):
    level = forms.ChoiceField(
        label=_("How great is the danger?"), choices=RiskLevel.choices, widget=ChoiceCards(hints=RISKS)
    )

    class Meta:
        model = RiskNote
        fields = ["level", "note", "on"]


class TaskAddForm(FactForm):
    assigned_to = forms.ModelChoiceField(
        User.objects.none(), label=_("Who"), required=False, empty_label=_("Myself")
    )
    about = forms.ChoiceField(label=_("About"), required=False)

    class Meta:
        model = Task
        fields = ["title", "due_on", "assigned_to", "about"]

    def __init__(self, *args, case, writer, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assigned_to"].queryset = people
        self.fields["about"].choices = [("", "–"), *keys_of(case, writer)]
        if len(self.fields["about"].choices) == 1:
            del self.fields["about"]


class EmergencyOpenForm(forms.Form):
    """The exact number and the reason: nothing is looked up while somebody types."""

    number = forms.CharField(
        label=_("Case number"),
        max_length=40,
        help_text=_("Exactly as it is written, with all its signs."),
        widget=forms.TextInput(attrs={"class": "w-medium", "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label=_("Why you must see it now"),
        max_length=200,
        help_text=_("The safeguarding lead and the director of your office read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EmergencyReviewForm(forms.Form):
    """Was it right to open the case?"""

    justified = forms.TypedChoiceField(
        label=_("Was it justified?"),
        choices=[("yes", _("Yes, there was need")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    word = forms.CharField(
        label=_("In a word"),
        max_length=200,
        required=False,
        help_text=_("Needed where it was not justified. Write no names."),
    )


class DeputySetForm(forms.Form):
    """Who is away, who stands in, and from which day to which."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Who is away"), empty_label=None)
    deputy = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who stands in"),
        required=False,
        empty_label=_("Nobody: alerts go to the backup, the duty officer and the leads"),
        help_text=_("Sees the cases of the person who is away, but for sealed ones, and gets their alerts"),
    )
    first = forms.DateField(label=_("First day"))
    last = forms.DateField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)

    def __init__(self, *args, people, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(pk__in=[person.pk for person in people])
        self.fields["person"].initial = by.pk
        offices = set().union(*(offices_of(person) for person in people))
        self.fields["deputy"].queryset = working_in(offices)

    def period(self, first, last):
        """From the first moment of the first day to the last of the last, by the clock of the page."""
        zone = timezone.get_current_timezone()
        return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)
