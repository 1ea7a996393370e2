from django import forms
from django.utils.translation import gettext_lazy as _

from cases.states import CaseworkType
from dashboards.periods import MONTH, Period, months_back, named
from dashboards.states import ReviewWord


class DashboardFilterForm(forms.Form):
    """What the figures are about; empty means everything the person may see."""

    mark_optional = False

    period = forms.CharField(required=False, label=_("Period"), widget=forms.Select)
    office = forms.TypedChoiceField(required=False, label=_("Office"), coerce=int, empty_value=None)
    type = forms.ChoiceField(required=False, label=_("Casework type"))

    def __init__(self, data, *, user, today):
        super().__init__(data)
        self.today = today
        offices = [(office.pk, office.name) for office in user.offices_seen]
        spans = [(period, period.label) for period in Period]
        spans += [(f"{day:%Y-%m}", named(day)) for day in reversed(months_back(today, 12))]
        self.fields["period"].widget.choices = [("", _("All time")), *spans]
        self.fields["office"].choices = [("", _("All offices")), *offices]
        self.fields["type"].choices = [("", _("All types")), *CaseworkType.choices]

    def clean_period(self):
        """A span of the list, or any month."""
        asked = self.cleaned_data["period"]
        if asked and asked not in Period.values and not MONTH.match(asked):
            raise forms.ValidationError(_("Choose a period from the list."))
        return asked

    def answers(self):
        """What was asked for; a filter that makes no sense asks for nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}


class AccessReviewForm(forms.Form):
    """One word of somebody who has looked into it."""

    word = forms.ChoiceField(label=_("What you found"), choices=ReviewWord.choices, widget=forms.RadioSelect)
