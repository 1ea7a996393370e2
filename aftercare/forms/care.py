from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from aftercare.states import (
    CARE_GOES_ON,
    CareMilestoneKind,
    CareResult,
    EntitlementStatus,
    GoalStatus,
    PlacementEnd,
    PlacementKind,
    PlanArea,
    ServiceKind,
    SessionKind,
)
from cases.answering import VersionedForm
from cases.states import RiskLevel
from reference.form_fields import EdtfField
from reference.values import Money, PartialDate

NOT_CHOSEN = ("", "---------")
PARTIAL = _("2017, 2017-03 or 2017-03-10; add ~ for about")


class DayField(forms.DateField):
    """One day, picked in the browser's calendar; gives a PartialDate, or '' when left empty."""

    def clean(self, value):
        day = super().clean(value)
        return PartialDate(day) if day else ""


class LinesField(forms.CharField):
    """Short texts, one a line; gives a list."""

    default_error_messages = {"line": _("Keep each line under 1000 letters.")}

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > 1000 for line in lines):
            raise forms.ValidationError(self.error_messages["line"], code="line")
        return lines


class MoneyField(forms.CharField):
    """An amount with its currency; a bare number is in the money of the office."""

    default_error_messages = {"money": _("Write the amount with its currency, for example 30000 INR.")}
    currency = ""

    def clean(self, value):
        text = super().clean(value).strip().replace(",", "")
        if not text:
            return None
        try:
            return Money.of(text if text[-1].isalpha() else f"{text} {self.currency}")
        except ValueError as why:
            raise forms.ValidationError(self.error_messages["money"], code="money") from why


def note(label=_("Note"), rows=3):
    """Free words, for the team only."""
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


def choice(label, choices, **kwargs):
    """A list to choose one from, with nothing chosen beforehand."""
    return forms.ChoiceField(label=label, choices=[NOT_CHOSEN, *choices], **kwargs)


def worker_choices(team):
    """The people of the team, for a list."""
    return [NOT_CHOSEN, *((str(person.pk), person.name) for person in team)]


def id_or_none(value):
    """The key a list gives back."""
    return UUID(value) if value else None


class CareFilterForm(forms.Form):
    """Which people in aftercare to list."""

    mark_optional = False
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("In care now")), ("all", _("Everybody")), *CareResult.choices],
    )
    due = forms.ChoiceField(
        label=_("Review"),
        required=False,
        choices=[("", _("Any")), ("overdue", _("Overdue")), ("week", _("Due within 7 days"))],
    )
    mine = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("", _("Of everybody")), ("me", _("Entrusted to me"))]
    )
    office = forms.ChoiceField(label=_("Office"), required=False)
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, offices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [("", _("All")), *((office.key, office.name) for office in offices)]
        if len(offices) < 2:
            del self.fields["office"]

    def criteria(self):
        """What was asked for; an answer that is none of ours asks for nothing."""
        self.is_valid()
        return self.cleaned_data

    @staticmethod
    def results(state):
        """The results that a state stands for; None for all."""
        return {"": CARE_GOES_ON, "all": None}.get(state, [state])


class CareOpenForm(forms.Form):
    who = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    opened_on = EdtfField(label=_("In aftercare since"), help_text=PARTIAL)
    worker_id = forms.TypedChoiceField(
        label=_("Social worker"), required=False, coerce=id_or_none, empty_value=None
    )
    risk = forms.ChoiceField(
        label=_("Danger"), required=False, choices=[("", _("Not judged yet")), *RiskLevel.choices],
        help_text=_("For somebody who has just come: it sets by when safety is looked at"),
    )  # fmt: skip
    wishes = LinesField(
        label=_("What the person wishes"), required=False, help_text=_("In her own words, one wish a line")
    )

    def __init__(self, *args, people, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = people
        self.fields["worker_id"].choices = worker_choices(team)


class CareAssignForm(VersionedForm):
    worker_id = forms.TypedChoiceField(
        label=_("Social worker"), coerce=id_or_none, help_text=_("One of the team of the case")
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker_id"].choices = worker_choices(team)


class CareOutcomeForm(VersionedForm):
    result = forms.ChoiceField(label=_("Where the care stands"), widget=forms.RadioSelect, choices=CareResult)
    result_on = EdtfField(label=_("Since"), help_text=PARTIAL)
    basis = forms.CharField(
        label=_("What it rests on"),
        max_length=1000,
        help_text=_("For example: assessment of 12 May, home visit"),
    )
    note = note()


class PlacementStartForm(forms.Form):
    kind = choice(_("Kind of home"), PlacementKind.choices)
    at = forms.CharField(
        label=_("Where"), required=False, max_length=1000, help_text=_("The name of the home"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Address"), required=False, max_length=1000,
        help_text=_("Kept sealed with the name; opening either is written down"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )  # fmt: skip
    starts_on = EdtfField(label=_("From"), help_text=PARTIAL)
    left_why = choice(_("Why the stay before ends"), PlacementEnd.choices, required=False)
    consent_by = forms.CharField(
        label=_("Who agreed"), required=False, max_length=200,
        help_text=_("The family, or who stands in its place; never somebody accused in the case"),
    )  # fmt: skip
    consent_on = EdtfField(label=_("Agreed on"), required=False, help_text=PARTIAL)
    note = note()


class PlacementEndForm(VersionedForm):
    ends_on = EdtfField(label=_("Last day"), help_text=PARTIAL)
    ended_why = choice(_("Why it ended"), PlacementEnd.choices, required=False)


class PlanMakeForm(VersionedForm):
    wishes = LinesField(
        label=_("What the person wishes"), required=False, help_text=_("In her own words, one wish a line")
    )
    on = DayField(label=_("Plan made on"))
    review_on = DayField(label=_("To be reviewed on"))
    carry = forms.BooleanField(
        label=_("Take along the goals that go on, with their open steps"), required=False
    )
    note = note()

    def __init__(self, *args, going_on=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not going_on:
            del self.fields["carry"]


class PlanReviewForm(VersionedForm):
    reviewed_on = DayField(label=_("Reviewed on"))
    next_review_on = DayField(label=_("Next review on"))
    note = note(_("What came of it"))


class GoalSetForm(VersionedForm):
    area = choice(_("Area"), PlanArea.choices)
    goal = forms.CharField(label=_("Goal"), max_length=1000)
    own_words = forms.CharField(
        label=_("In the person's own words and language"), required=False, max_length=500,
        help_text=_("For the sheet that she keeps: plain, and safe if others read it"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=300)
    due = EdtfField(label=_("Due"), required=False, help_text=PARTIAL)
    note = note(rows=2)


class GoalMoveForm(VersionedForm):
    status = forms.ChoiceField(label=_("State"), widget=forms.RadioSelect)
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=300)
    done_on = EdtfField(
        label=_("Reached on"), required=False, help_text=_("Only when it is done; empty means today")
    )

    def __init__(self, *args, moves, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(code, label) for code, label in GoalStatus.choices if code in moves]


class ServiceLogForm(forms.Form):
    kind = choice(_("Service"), ServiceKind.choices)
    starts_on = EdtfField(label=_("Date"), widget=forms.TextInput({"class": "w-short"}))
    ends_on = EdtfField(label=_("Until"), required=False, help_text=_("Only for a service that went on"))
    provider = forms.CharField(label=_("By"), required=False, max_length=1000)
    note = note(rows=2)


class EntitlementSetForm(VersionedForm):
    scheme = forms.CharField(label=_("Scheme or fund"), max_length=1000)
    authority = forms.CharField(label=_("Authority"), required=False, max_length=1000)
    status = choice(_("State"), EntitlementStatus.choices)
    applied_on = EdtfField(label=_("Applied on"), required=False, help_text=PARTIAL)
    granted = MoneyField(label=_("Granted"), required=False, max_length=40)
    granted_on = EdtfField(label=_("Granted on"), required=False, help_text=PARTIAL)
    paid = MoneyField(label=_("Received"), required=False, max_length=40)
    paid_on = EdtfField(label=_("Received on"), required=False, help_text=PARTIAL)
    document = forms.CharField(label=_("Paper it depends on"), required=False, max_length=1000)
    note = note(rows=2)

    def __init__(self, *args, currency, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("granted", "paid"):
            self.fields[name].currency = currency


class MilestoneReachForm(forms.Form):
    what = choice(_("What happened"), CareMilestoneKind.choices)
    on = EdtfField(label=_("Date"), help_text=PARTIAL)
    note = note(rows=2)


class TherapyAddForm(forms.Form):
    on = DayField(label=_("Day of the session"))
    kind = forms.ChoiceField(label=_("Kind of session"), choices=SessionKind)
    text = forms.CharField(
        label=_("Note"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        help_text=_("Only those who work in therapy can read it, and each reading is written down"),
    )
