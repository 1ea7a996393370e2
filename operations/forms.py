from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.answering import CodesFormField, FactForm, VersionedForm
from cases.forms import clean_country
from operations import states
from operations.models import Headcount, Investigation, Operation, OperationSite, Venue
from reference.form_fields import EdtfField
from reference.form_renderer import ChoiceCards

OUTCOMES = {
    "success": _("Those who were looked for are out, or arrested"),
    "partial": _("Some are, others are not"),
    "failed": _("Nobody is; say why"),
}
MAIN = ["people", "children", "exploited", "relieved", "arrested"]
MORE = ["adults", "children_exploited", "women", "men", "girls", "boys", "families"]
NUMBERS = (*MAIN, *MORE)
HOW = _("A number, 5~ for about five, 7..10, ..24 or 101..")


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **kwargs):
        choices = (("", _("Not known")), ("true", _("Yes")), ("false", _("No")))
        super().__init__(
            choices=choices, required=False, coerce=lambda text: text == "true", empty_value=None, **kwargs
        )

    def prepare_value(self, value):
        return {True: "true", False: "false", None: ""}.get(value, value)


def operation_words(operation):
    """How an operation is told apart in a choice: its key, date and outcome."""
    day = "" if operation.closed else operation.on
    words = (operation.key, day, operation.get_outcome_display() or operation.get_status_display())
    return " · ".join(str(word) for word in words if word)


def offer_operations(field, case, but=None):
    """The operations of the case, latest first."""
    rows = Operation.objects.filter(case=case).order_by("-on", "key")
    field.queryset = rows.exclude(pk=but.pk) if but else rows
    field.label_from_instance = operation_words


class OperationFilterForm(forms.Form):
    mark_optional = False
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *states.OperationStatus.choices]
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("All")), *states.OperationOutcome.choices]
    )
    failure = forms.ChoiceField(
        label=_("Why it failed"), required=False, choices=[("", _("All")), *states.Failure.choices]
    )

    def criteria(self):
        return self.cleaned_data if self.is_valid() else {}


class OperationPlanForm(FactForm):
    follows = forms.ModelChoiceField(
        None, label=_("Follows an earlier attempt"), required=False, empty_label=_("No, the first")
    )
    simultaneous = YesNoField(label=_("All sites at the same time"))
    undercover = YesNoField(label=_("Undercover"))

    class Meta:
        model = Operation
        fields = [
            "purpose", "on", "local_time", "follows", "led_by", "planning", "planning_days", "simultaneous",
            "undercover", "note",
        ]  # fmt: skip
        labels = {"led_by": _("Led by")}
        help_texts = {"led_by": _("An agency of the case, or in a word")}

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].required = True
        offer_operations(self.fields["follows"], case)


class Outcome(FactForm):
    """How it ended, made for a phone: few big answers, then numbers."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=states.OperationOutcome.choices,
        widget=ChoiceCards(hints=OUTCOMES),
    )
    care_on_site = CodesFormField(states.CareOnSite, label=_("Care on the spot"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in NUMBERS:
            self.fields[name].widget.attrs["class"] = "w-short"
        self.fields["people"].help_text = HOW

    @property
    def first(self):
        """The questions above the numbers."""
        return [field for field in self if field.name not in (*NUMBERS, *self.last_names)]

    last_names = ("care_on_site", "note", "version")

    @property
    def main(self):
        return [self[name] for name in MAIN]

    @property
    def more(self):
        return [self[name] for name in MORE]

    @property
    def last(self):
        return [self[name] for name in ("care_on_site", "note")]


class WhenForm(forms.Form):
    """The day and the hour of a plan: asked for, and never shown among the questions."""

    day = EdtfField(label=_("Date"), required=False)
    clock = forms.TimeField(label=_("Time"), required=False)

    def add_error(self, field, error):
        """What the action says of the date stands beside the question for it."""
        super().add_error({"on": "day", "local_time": "clock"}.get(field, field), error)


class OperationRecordForm(VersionedForm, WhenForm, Outcome):
    class Meta:
        model = Operation
        fields = ["outcome", "failure", *MAIN, *MORE, "care_on_site", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("day", "clock"):
            self.fields[name].help_text = _("Leave it empty if it was as planned")
        self.initial["note"] = ""


class OperationScheduleForm(VersionedForm, WhenForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].required = True
        self.fields["clock"].help_text = _("Without a time the day begins at midnight")


class OperationAddForm(Outcome):
    follows = forms.ModelChoiceField(
        None, label=_("Follows an earlier attempt"), required=False, empty_label=_("No, the first")
    )

    class Meta:
        model = Operation
        fields = [
            "purpose", "outcome", "failure", "on", "local_time", "follows", "led_by", *MAIN, *MORE,
            "care_on_site", "note",
        ]  # fmt: skip
        labels = {"led_by": _("Led by")}

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].required = self.fields["on"].required = True
        offer_operations(self.fields["follows"], case)


class OperationEditForm(VersionedForm, FactForm):
    follows = forms.ModelChoiceField(None, label=_("Follows an earlier attempt"), required=False)
    simultaneous = YesNoField(label=_("All sites at the same time"))
    undercover = YesNoField(label=_("Undercover"))
    care_on_site = CodesFormField(states.CareOnSite, label=_("Care on the spot"))

    class Meta:
        model = Operation
        fields = [
            "purpose", "outcome", "failure", "on", "local_time", "follows", "attempt", "led_by", "planning",
            "planning_days", "simultaneous", "undercover", *MAIN, *MORE, "care_on_site", "note",
        ]  # fmt: skip
        labels = {"led_by": _("Led by")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_operations(self.fields["follows"], self.instance.case, but=self.instance)
        for name in left_out_of(self):
            del self.fields[name]
        if self.instance.status != states.OperationStatus.DONE:
            for name in ("outcome", "failure"):
                del self.fields[name]


def left_out_of(form):
    """Questions that would tell the day of a plan, or an earlier attempt that the writer may not know of."""
    operation = form.instance
    names = ["on", "local_time"] if operation.closed else []
    known = form.fields["follows"].queryset
    if operation.follows_id and not known.filter(pk=operation.follows_id).exists():
        names.append("follows")
    return names


class OperationOpenForm(forms.Form):
    """One detail at a time."""

    what = forms.ChoiceField(choices=states.Secret)


class InsiderAddForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    reason = forms.CharField(label=_("Why this person must know"), required=False, max_length=200)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        ids = [person.pk for person in people]
        self.fields["user"].queryset = User.objects.filter(pk__in=ids).order_by("name", "pk")


class OperationCancelForm(VersionedForm):
    note = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class OperationApproveForm(VersionedForm):
    """Two boxes; one that was ticked before is not asked again."""

    plan_approved = forms.BooleanField(
        label=_("The plan is approved"), required=False,
        help_text=_("Aim, day, places, police and transport are right"),
    )  # fmt: skip
    safeguarding_checked = forms.BooleanField(
        label=_("The safeguarding check is done"), required=False,
        help_text=_("Care, shelter and interpreters stand ready, and nobody is put in danger"),
    )  # fmt: skip

    def __init__(self, *args, operation, **kwargs):
        super().__init__(*args, initial={"version": operation.version}, **kwargs)
        for name in ("plan_approved", "safeguarding_checked"):
            if getattr(operation, name):
                del self.fields[name]


class SiteAddForm(FactForm):
    venue = forms.ModelChoiceField(None, label=_("Venue"))

    class Meta:
        model = OperationSite
        fields = ["venue", "people", "children", "exploited", "arrested", *MORE, "note"]

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = Venue.objects.filter(case=case).order_by("key")
        self.fields["venue"].label_from_instance = venue_words


def venue_words(venue):
    """How a venue is told apart in a choice."""
    return " · ".join(str(word) for word in (venue.key, venue.name, venue.get_kind_display()) if word)


class VenueAddForm(FactForm):
    class Meta:
        model = Venue
        fields = [
            "kind", "name", "locality", "area", "country", "network", "opened_on", "closed_on", "closed_why",
            "note",
        ]  # fmt: skip

    def clean_country(self):
        return clean_country(self.cleaned_data["country"])


class VenueCloseForm(VersionedForm, FactForm):
    moved_to = CodesFormField(
        (), label=_("Opened again as"), help_text=_("Add the new place as a venue first")
    )

    class Meta:
        model = Venue
        fields = ["closed_on", "closed_why", "moved_to"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Venue.objects.filter(case=self.instance.case_id).exclude(pk=self.instance.pk).order_by("key")
        self.fields["moved_to"].choices = [
            (row.key, f"{row.key} · {row.name or row.get_kind_display()}") for row in others
        ]


class HeadcountAddForm(FactForm):
    operation = forms.ModelChoiceField(None, label=_("Operation"), required=False)

    class Meta:
        model = Headcount
        fields = [
            "label",
            "what",
            "on",
            "operation",
            "people",
            "children",
            "exploited",
            "relieved",
            *MORE,
            "note",
        ]
        help_texts = {"people": HOW}

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        offer_operations(self.fields["operation"], case)
        self.fields["operation"].queryset = self.fields["operation"].queryset.carried_out()


class InvestigationAddForm(FactForm):
    undercover = YesNoField(label=_("Undercover"))

    class Meta:
        model = Investigation
        fields = ["starts_on", "ends_on", "months", "led_by", "undercover", "result", "note"]
        labels = {"led_by": _("Led by")}
        help_texts = {"note": _("Never name an undercover agent")}
