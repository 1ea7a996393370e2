from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from prosecutions.forms.courts import team_of
from prosecutions.forms.pieces import PeopleField, PersonField, amount, currency, one_of, words
from prosecutions.hearing_states import CostKind, NeedState, WitnessRole
from survivors.models import Survivor


class WitnessCallForm(VersionedForm):
    """Which survivors are called, and whether somebody else is."""

    called = PeopleField(label=_("Survivors called"), queryset=None, required=False)
    role = forms.ChoiceField(
        label=_("Somebody else"), required=False, choices=[("", _("Nobody else")), *WitnessRole.choices]
    )
    label = words(_("Who?"), 200)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["called"].queryset = Survivor.objects.filter(case=case).order_by("key")
        self.fields["label"].help_text = _(
            "As the team calls the person, for example: the doctor of the home"
        )


class WitnessExcuseForm(VersionedForm):
    """One press."""


class NeedSetForm(forms.Form):
    """One tap."""

    state = forms.ChoiceField(choices=NeedState.choices)


class NeedEditForm(VersionedForm):
    state = forms.ChoiceField(label=_("How does it stand?"), choices=NeedState.choices)
    sees_to_it = forms.ModelChoiceField(
        label=_("Who sees to it?"), queryset=None, required=False, empty_label=_("Nobody yet")
    )
    due_on = forms.DateField(label=_("Until"), required=False)
    note = words(_("Note"), 300)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sees_to_it"].queryset = team_of(case)


class CostAddForm(forms.Form):
    survivor = PersonField(label=_("Survivor"), queryset=None, empty_label=None)
    of_family = forms.BooleanField(label=_("Her family lost it"), required=False)
    kind = one_of(_("For what?"), CostKind.choices, required=True)
    amount = amount(_("How much?"), required=True)
    currency = currency()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["survivor"].queryset = Survivor.objects.filter(case=case).order_by("key")
        self.fields["currency"].initial = case.office.currency


class CostStrikeForm(VersionedForm):
    """One press."""
