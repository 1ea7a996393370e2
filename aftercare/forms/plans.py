"""Questions about plans: goals from low parts, steps, reviews goal by goal, agreement, conferences."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from aftercare.actions.conferences import Decided
from aftercare.forms.care import (
    PARTIAL,
    DayField,
    LinesField,
    MoneyField,
    PlanReviewForm,
    choice,
    id_or_none,
    note,
    worker_choices,
)
from aftercare.states import GOAL_MOVES, GoalStatus, ServiceKind, StepStatus
from cases.answering import VersionedForm
from reference.form_fields import EdtfField
from reference.form_renderer import ChoiceCards

NO_DONOR = ("", _("Not said"))
DECISIONS = 6  # rows of the form; more of them make another conference
USUAL_DAYS = 14


class GoalTakeForm(forms.Form):
    """One press on a suggestion, or on all of them."""

    take = forms.CharField(max_length=80)
    every = forms.CharField(required=False, max_length=4000)

    def clean(self):
        take = self.cleaned_data.get("take", "")
        return {"keys": self.cleaned_data.get("every", "").split() if take == "all" else [take]}


def donor_choices(grants):
    """The donors of the case, for a list."""
    return [NO_DONOR, *((str(grant.pk), grant.name) for grant in grants)]


class CostForm(VersionedForm):
    """What something costs, in the money of the office unless said otherwise, and who pays."""

    def __init__(self, *args, currency, grants, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cost"].currency = currency
        self.fields["grant_id"].choices = donor_choices(grants)
        if not grants:
            self.fields["grant_id"].help_text = _("The donors of the case stand on its page.")


def donor():
    """One of the donors of the case."""
    return forms.TypedChoiceField(
        label=_("Donor or grant"), required=False, coerce=id_or_none, empty_value=None
    )


class StepForm(CostForm):
    """One thing that will be done for a goal."""

    kind = choice(_("What kind of help"), ServiceKind.choices)
    what = forms.CharField(label=_("What exactly"), required=False, max_length=300)
    provider = forms.CharField(label=_("By whom"), required=False, max_length=200)
    starts_on = EdtfField(label=_("From"), required=False, help_text=PARTIAL)
    ends_on = EdtfField(label=_("To"), required=False)
    cost = MoneyField(label=_("Planned cost"), required=False, max_length=40)
    grant_id = donor()


class StepMoveForm(VersionedForm):
    status = forms.ChoiceField(choices=StepStatus.choices)


class StepLogForm(CostForm):
    """The step was taken: only what differs from the plan is typed."""

    starts_on = EdtfField(label=_("Date"), help_text=PARTIAL)
    provider = forms.CharField(label=_("By whom"), required=False, max_length=200)
    cost = MoneyField(label=_("What it cost"), required=False, max_length=40)
    grant_id = donor()
    done = forms.BooleanField(label=_("The step is done with this"), required=False)
    note = note(rows=2)

    def clean(self):
        self.cleaned_data.pop("version", None)
        return self.cleaned_data


class GoalsReviewForm(PlanReviewForm):
    """The plan on one page: each goal done, going on or dropped, with its next step."""

    mark_optional = False

    def __init__(self, *args, goals, **kwargs):
        super().__init__(*args, **kwargs)
        self.goals = goals
        for goal in goals:
            now = GoalStatus(goal.status or GoalStatus.OPEN)
            states = [one for one in GoalStatus if one == now or one in GOAL_MOVES[now]]
            self.fields[f"status_{goal.pk}"] = forms.ChoiceField(
                label=_("Where it stands"), required=False, widget=ChoiceCards, initial=now,
                choices=[(one.value, one.label) for one in states],
            )  # fmt: skip
            self.fields[f"next_{goal.pk}"] = forms.CharField(
                label=_("Next step"), required=False, max_length=300, initial=goal.next_step
            )

    def lines(self):
        """(goal, field of its state, field of its next step) for the page."""
        return [(goal, self[f"status_{goal.pk}"], self[f"next_{goal.pk}"]) for goal in self.goals]

    def about_plan(self):
        """The other fields, in their order."""
        return [self[name] for name in ("reviewed_on", "next_review_on", "note")]

    def clean(self):
        facts = {name: self.cleaned_data.get(name) for name in PlanReviewForm.base_fields}
        facts["goals"] = {
            goal.pk: (self.cleaned_data[f"status_{goal.pk}"], self.cleaned_data.get(f"next_{goal.pk}", ""))
            for goal in self.goals
            if self.cleaned_data.get(f"status_{goal.pk}")
        }
        return facts


class PlanAgreeForm(VersionedForm):
    wishes = LinesField(
        label=_("What the person wishes"), required=False, help_text=_("In her own words, one wish a line")
    )
    agreed_on = DayField(label=_("The person agreed on"))


class PlanEndForm(VersionedForm):
    ended_on = DayField(label=_("Last day of the plan"))


class ConferenceHoldForm(forms.Form):
    """Who sat together, what was said, and up to six decisions, each of them a task of somebody."""

    mark_optional = False
    on = DayField(label=_("Date"))
    present = LinesField(label=_("Who was there"), help_text=_("One person a line, with what she is"))
    heard = forms.TypedChoiceField(
        label=_("The person herself was heard"), required=False, widget=forms.RadioSelect, empty_value=None,
        choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda answer: answer == "yes",
    )  # fmt: skip
    summary = note(_("What was said"), rows=5)
    next_on = DayField(label=_("Next conference"), required=False)

    def __init__(self, *args, team, today, **kwargs):
        super().__init__(*args, **kwargs)
        usual = (today + timedelta(days=USUAL_DAYS)).isoformat()
        for row in range(1, DECISIONS + 1):
            self.fields[f"what_{row}"] = forms.CharField(label=_("Decided"), required=False, max_length=300)
            self.fields[f"who_{row}"] = forms.TypedChoiceField(
                label=_("Who does it"), required=False, coerce=id_or_none, empty_value=None,
                choices=[("", _("The social worker")), *worker_choices(team)[1:]],
            )  # fmt: skip
            self.fields[f"until_{row}"] = forms.DateField(label=_("Until"), required=False, initial=usual)

    def rows(self):
        """(what, who, until) for the page."""
        return [
            [self[f"{name}_{row}"] for name in ("what", "who", "until")] for row in range(1, DECISIONS + 1)
        ]

    def about_it(self):
        """The fields of the conference itself."""
        return [self[name] for name in ("on", "present", "heard", "summary", "next_on")]

    def clean(self):
        facts = {name: self.cleaned_data.get(name) for name in self.base_fields}
        facts["decisions"] = []
        for row in range(1, DECISIONS + 1):
            what, until = self.cleaned_data.get(f"what_{row}"), self.cleaned_data.get(f"until_{row}")
            if what and until:
                facts["decisions"].append(Decided(what, until, self.cleaned_data.get(f"who_{row}")))
            elif what and f"until_{row}" not in self.errors:
                self.add_error(f"until_{row}", _("Say until when."))
        return facts
