"""What stands on the sheet that the person takes home."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aftercare.forms.care import DayField
from aftercare.sheet_words import NO_WORDS, OTHER, TELLING, WORDS


class PlanSheetForm(forms.Form):
    """Which goals stand on it and in which words; goals that tell too much begin unticked."""

    mark_optional = False
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[*((code, words.name) for code, words in WORDS.items()), (OTHER, _(NO_WORDS.name))],
    )
    named = forms.BooleanField(label=_("The name that the person chose stands on it"), required=False)
    wishes = forms.MultipleChoiceField(
        label=_("Wishes that stand on it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    dates = forms.BooleanField(label=_("By when each goal is to be reached"), required=False)
    meet_on = DayField(label=_("We meet again on"), required=False)
    call = forms.CharField(
        label=_("Number to call"), required=False, max_length=60,
        help_text=_("Only one that may lie about at home; empty when in doubt"),
        widget=forms.TextInput(attrs={"class": "w-medium", "inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args, goals, wishes, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.goals = goals
        self.fields["wishes"].choices = [(str(place), wish) for place, wish in enumerate(wishes)]
        if not wishes:
            del self.fields["wishes"]
        for goal in goals:
            self.fields[f"on_{goal.pk}"] = forms.BooleanField(
                label=_("Stands on the sheet"), required=False, initial=goal.area not in TELLING
            )
            self.fields[f"words_{goal.pk}"] = forms.CharField(
                label=_("In the person's own words and language"), required=False, max_length=500,
                initial=goal.own_words, widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )  # fmt: skip

    def lines(self):
        """(goal, whether it stands there, its words, whether it tells much) for the page."""
        return [
            (goal, self[f"on_{goal.pk}"], self[f"words_{goal.pk}"], goal.area in TELLING)
            for goal in self.goals
        ]

    def about_it(self):
        """The other fields, in their order."""
        return [self[name] for name in self.base_fields if name in self.fields and name != "language"]

    def clean(self):
        facts = {name: self.cleaned_data.get(name) for name in self.base_fields if name != "wishes"}
        names = dict(self.fields["wishes"].choices) if "wishes" in self.fields else {}
        facts["wishes"] = [names[place] for place in self.cleaned_data.get("wishes", [])]
        facts["goals"] = []
        for goal in self.goals:
            said = self.cleaned_data.get(f"words_{goal.pk}", "").strip()
            if not self.cleaned_data.get(f"on_{goal.pk}"):
                continue
            if said:
                facts["goals"].append((goal, said))
            elif f"words_{goal.pk}" not in self.errors:
                self.add_error(f"words_{goal.pk}", _("Write it first in the person's own words."))
        return facts
