"""Which court or offence of the lists is meant by words that were written freely."""

from django import forms
from django.utils.translation import gettext_lazy as _

from law.matching import courts_of, offences_of
from law.models import CourtTier


class CourtField(forms.ModelChoiceField):
    def label_from_instance(self, row):
        return " · ".join(filter(None, (row.name, row.place)))


class OffenceField(forms.ModelChoiceField):
    def label_from_instance(self, row):
        return " · ".join(filter(None, (row.cited, row.name, row.penalty)))


class CourtTidyForm(forms.Form):
    """A court of the list; whoever keeps the list may add the court, or the spelling."""

    known_court = CourtField(
        label=_("Court of the list"), queryset=None, required=False, empty_label=_("Choose")
    )
    remember = forms.BooleanField(
        label=_("Link this spelling by itself from now on"), required=False, initial=True
    )
    new = forms.BooleanField(label=_("It is not in the list: add it"), required=False)
    place = forms.CharField(label=_("Town of the new court"), max_length=200, required=False)
    tier = forms.ModelChoiceField(
        label=_("Kind of the new court"), queryset=CourtTier.objects.none(), required=False
    )

    def __init__(self, *args, country, keeps_list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["known_court"].queryset = courts_of(country)
        self.fields["tier"].queryset = CourtTier.objects.of_country(country).order_by("tier", "name", "pk")
        if not keeps_list:
            for name in ("remember", "new", "place", "tier"):
                del self.fields[name]

    def clean(self):
        facts = super().clean()
        if not facts.get("known_court") and not facts.get("new"):
            self.add_error("known_court", _("Choose the court that is meant."))
        if facts.get("known_court") and facts.get("new"):
            self.add_error("new", _("Choose a court, or add a new one; not both."))
        return facts


class OffenceTidyForm(forms.Form):
    """An offence of the list."""

    offence = OffenceField(label=_("Offence of the law"), queryset=None, empty_label=_("Choose"))

    def __init__(self, *args, country, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["offence"].queryset = offences_of(country)
