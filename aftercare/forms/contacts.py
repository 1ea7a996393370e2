"""A contact, a task ended, a task of one's own: each asks for as little as it can."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aftercare.forms.care import id_or_none, worker_choices
from aftercare.states import ContactWay, SafeNow, ServiceKind, TaskStatus
from cases.answering import VersionedForm

YES, NO = "yes", "no"


class ContactLogForm(forms.Form):
    """How, whether the person was reached, whether safe. The two buttons below it answer the second."""

    mark_optional = False
    way = forms.ChoiceField(label=_("How"), choices=ContactWay)
    reached = forms.ChoiceField(label=_("Reached?"), choices=[(YES, _("Reached")), (NO, _("Not reached"))])
    safe = forms.ChoiceField(
        label=_("Safe?"), choices=[("", _("Not asked")), *SafeNow.choices], required=False
    )
    service = forms.ChoiceField(
        label=_("Also done"), choices=[("", _("Nothing else")), *ServiceKind.choices], required=False
    )
    on = forms.DateField(
        label=_("On another day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the team of aftercare. What was said in therapy stands in the notes of therapy"),
    )  # fmt: skip

    def clean_reached(self):
        return self.cleaned_data["reached"] == YES


class TaskEndForm(VersionedForm):
    """Done, or dropped with a reason, or taken up again."""

    mark_optional = False
    status = forms.ChoiceField(label=_("What became of it"), choices=TaskStatus)
    note = forms.CharField(
        label=_("Why, or a word about it"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, moves, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(move.value, move.label) for move in TaskStatus if move in moves]


class TaskAddForm(forms.Form):
    what = forms.CharField(label=_("What is to be done"), max_length=300)
    due_on = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
    worker_id = forms.ChoiceField(
        label=_("Who does it"), required=False, help_text=_("Else the social worker of the person")
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker_id"].choices = worker_choices(team)

    def clean_worker_id(self):
        return id_or_none(self.cleaned_data["worker_id"])
