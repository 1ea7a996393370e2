"""What is asked of a proceeding and of its numbers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from law.matching import courts_of
from law.models import Identifier
from prosecutions.forms.pieces import PeopleField, note, one_of, when, words, yes_or_no
from prosecutions.forms.suggestions import Suggested
from prosecutions.models import Accused
from prosecutions.states import ProceedingKind, Stage


class KindField(forms.ModelChoiceField):
    """A kind of number that courts and police of the country give."""

    def __init__(self, **kwargs):
        super().__init__(
            Identifier.objects.none(),
            required=False,
            empty_label=_("Not known: nothing is checked"),
            **kwargs,
        )

    def label_from_instance(self, row):
        return f"{row.name} ({row.example})" if row.example else row.name


def kinds_of(country):
    """The kinds of numbers of a country."""
    return Identifier.objects.of_country(country).order_by("name", "valid_from", "pk")


class ProceedingOpenForm(forms.Form):
    kind = one_of(_("Kind"), ProceedingKind.choices, initial=ProceedingKind.CRIMINAL_TRIAL)
    court = words(
        _("Court"),
        help_text=_("Type and choose one of the list, or write it as the papers do."),
        widget=Suggested(),
    )
    judge = words(_("Judge"))
    docket = words(_("Docket or case number of the court"), 120)
    docket_kind = KindField(label=_("What kind of number is it?"))
    stage = one_of(_("Stage"), Stage.choices)
    fast_track = yes_or_no(_("Fast track?"))
    opened_on = when(_("Opened on"))
    accused = PeopleField(label=_("Accused in it"), queryset=None, required=False)
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["accused"].queryset = Accused.objects.filter(case=case).order_by("key")
        country = case.office.country
        self.fields["docket_kind"].queryset = kinds_of(country)
        self.fields["court"].widget.offers = offered(courts_of(country))


class ProceedingEditForm(ProceedingOpenForm, VersionedForm):
    closed_on = when(_("Closed on"))

    def __init__(self, *args, proceeding, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["accused"]
        field.queryset = field.queryset.exclude(parties__proceeding=proceeding)
        field.label = _("Add accused to it")
        if not field.queryset:
            del self.fields["accused"]


class NumberAddForm(forms.Form):
    kind = KindField(label=_("What kind of number is it?"))
    number = forms.CharField(label=_("Number"), max_length=120)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds_of(case.office.country)


class NumberEditForm(NumberAddForm, VersionedForm):
    wrong = forms.BooleanField(label=_("This number was a mistake: show it no more"), required=False)


def offered(courts):
    """Each court as it is typed; with its town where two have one name."""
    rows = list(courts)
    names = [court.name for court in rows]
    return [
        (f"{court.name}, {court.place}" if names.count(court.name) > 1 else court.name, court.place)
        for court in rows
    ]
