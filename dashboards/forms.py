from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from cases.states import CaseworkType
from dashboards.periods import MONTH, Period, known, months_back, named
from dashboards.states import ReviewWord
from figures import donors
from figures.adjournments import key_of

MONTHS_LISTED, YEARS_LISTED = 12, 4


class MonthInput(forms.TextInput):
    """A month; where the browser has no calendar for months, one types 2026-03."""

    input_type = "month"


class MonthField(forms.CharField):
    """A month as 2026-03."""

    widget = MonthInput

    def __init__(self, **kwargs):
        write = RegexValidator(MONTH, _("Write the month as 2026-03."))
        super().__init__(required=False, max_length=7, validators=[write], **kwargs)


class DashboardFilterForm(forms.Form):
    """What the figures are about; empty means everything the person may see."""

    mark_optional = False

    period = forms.CharField(required=False, label=_("Period"), widget=forms.Select)
    since: forms.Field = MonthField(label=_("From month"))
    until: forms.Field = MonthField(label=_("To month"))
    region = forms.ChoiceField(required=False, label=_("Region"))
    office = forms.TypedChoiceField(required=False, label=_("Office"), coerce=int, empty_value=None)
    type = forms.ChoiceField(required=False, label=_("Casework type"))
    donor = forms.ChoiceField(required=False, label=_("Donor or grant"))

    def __init__(self, data, *, user, today):
        super().__init__(data)
        self.today, self.offices = today, user.offices_seen
        self.fields["period"].widget.choices = [("", _("All time")), *self.spans()]
        offices = [(office.pk, office.name) for office in self.offices]
        self.fields["office"].choices = [("", _("All offices")), *offices]
        self.fields["type"].choices = [("", _("All types")), *CaseworkType.choices]
        self.offer("region", _("All regions"), sorted({office.region for office in self.offices} - {""}))
        self.donors = donors.donors()
        self.offer("donor", _("All donors"), self.donors)

    def spans(self):
        """The periods to choose from; any other month and year can be asked for in the address."""
        spans = [(period, period.label) for period in Period]
        spans += [(f"{day:%Y-%m}", named(day)) for day in reversed(months_back(self.today, MONTHS_LISTED))]
        years = (str(self.today.year - back) for back in range(1, YEARS_LISTED))
        return [*spans, *((year, year) for year in years)]

    def offer(self, name, everything, words):
        """Names stand in the address as a key; where there is nothing to choose, nobody is asked."""
        choices = sorted(
            {key_of(word): word for word in reversed(words)}.items(), key=lambda choice: choice[1]
        )
        self.fields[name].choices = [("", everything), *choices]
        if len(choices) < (2 if name == "region" else 1):
            self.fields[name].widget = self.fields[name].hidden_widget()

    def places(self, region):
        """The offices of a region."""
        return [office.pk for office in self.offices if key_of(office.region) == region]

    def named(self, donor):
        """The ways in which a donor is written."""
        return [name for name in self.donors if key_of(name) == donor]

    def paid_by(self, donor):
        """The cases that a donor pays for, in part or as a whole."""
        return donors.paid_by(self.named(donor))

    def clean_period(self):
        """A span of the list, or any month or year."""
        asked = self.cleaned_data["period"]
        if asked and not known(asked):
            raise forms.ValidationError(_("Choose a period from the list."))
        return asked

    def answers(self):
        """What was asked for; a filter that makes no sense asks for nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}

    def words(self, *names):
        """What these filters ask for, in words."""
        chosen = ((name, self.cleaned_data.get(name)) for name in names)
        return [str(dict(self.fields[name].choices).get(value, "")) for name, value in chosen if value]


class AccessReviewForm(forms.Form):
    """One word of somebody who has looked into it."""

    word = forms.ChoiceField(label=_("What you found"), choices=ReviewWord.choices, widget=forms.RadioSelect)
