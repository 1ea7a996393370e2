import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from operations.models import Operation, Venue
from prosecutions.forms.pieces import (
    CountriesField,
    LinesField,
    NetworkField,
    PeopleField,
    PersonField,
    note,
    one_of,
    today_text,
    when,
    words,
)
from prosecutions.models import Accused, Network
from prosecutions.states import CustodyKind, Position, RoleInProcess, Standing
from survivors.models import Survivor
from survivors.states import Gender, Relation


class AccusedFilterForm(forms.Form):
    """Which of the accused: by where they stand in law."""

    mark_optional = False
    STATES = {
        "arrested": _("Arrested"),
        "charged": _("Charged"),
        "in_custody": _("In custody"),
        "on_bail": _("On bail"),
        "convicted": _("Convicted"),
    }

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *STATES.items()])
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def criteria(self):
        """What was asked for and can be read; nonsense asks for nothing."""
        self.is_valid()
        return {"state": "", "case": None} | self.cleaned_data

    def narrowed(self, rows):
        """The accused that the filter asks for."""
        facts = self.criteria()
        if facts["case"]:
            rows = rows.filter(case=facts["case"])
        return getattr(rows, facts["state"])() if facts["state"] else rows


class PersonForm(forms.Form):
    """Who the accused is, as far as the office knows."""

    name = words(_("Name"), help_text=_("As the office uses it"))
    label = words(_("Description"), help_text=_("When no name is known: the driver of the white van"))
    aliases = LinesField(label=_("Other names"), help_text=_("One on each line"))
    standing = forms.ChoiceField(label=_("Standing"), choices=Standing, initial=Standing.ACCUSED)
    gender = one_of(_("Gender"), Gender.choices)
    nationality = CountriesField(
        label=_("Nationality"), required=False, help_text=_("Two letters for each country, like PH, KH")
    )
    position = one_of(_("Position"), Position.choices)
    roles = forms.MultipleChoiceField(
        label=_("Parts played"),
        choices=RoleInProcess,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "checks-many"}),
    )
    role_details = words(_("Role in words"), 300)
    network = NetworkField(label=_("Network"), queryset=None, required=False, empty_label=_("None"))
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["network"].queryset = Network.objects.filter(case=case).order_by("key")


class AccusedAddForm(PersonForm):
    """Asks whether it is somebody known, when the name is that of an accused in a case the person may see."""

    NEW = "new"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = self.known()
        if known:
            same = [(str(person.pk), self.same(person)) for person in known]
            self.fields["same_as"] = forms.ChoiceField(
                label=_("Is this the same person?"),
                choices=[*same, (self.NEW, _("No, somebody else"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say whether this is the same person.")},
            )
            self.order_fields(["same_as"])

    @staticmethod
    def same(person):
        """The question about one person, in words."""
        words = {"name": person.called, "case": person.case.number}
        return _("Same person as %(name)s in %(case)s") % words

    def known(self):
        """Accused of other cases with one of the names typed."""
        if not self.is_bound:
            return []
        names = [self.data.get("name", ""), *self.data.get("aliases", "").splitlines()]
        here = Accused.objects.filter(case=self.case).values("perpetrator")
        return list(Accused.objects.known_as(*names).exclude(perpetrator__in=here).for_list()[:6])

    def clean_same_as(self):
        answer = self.cleaned_data["same_as"]
        return None if answer == self.NEW else uuid.UUID(answer)


class AccusedEditForm(PersonForm, VersionedForm):
    """The person as known now."""


class NetworkAddForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    members = PeopleField(label=_("Who belongs to it"), queryset=None, required=False)
    active_since = when(_("Active since"))
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = Accused.objects.filter(case=case).order_by("key")

    def clean_members(self):
        return [person.key for person in self.cleaned_data["members"]]


class KinshipAddForm(forms.Form):
    who = forms.ChoiceField(label=_("Survivor"))
    relation = one_of(_("What is the survivor to the accused?"), Relation.choices, required=True)
    role = words(_("Part played"))
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        survivors = Survivor.objects.filter(case=case).order_by("key")
        people = [(person.key, f"{person.key} · {person.called}") for person in survivors]
        self.fields["who"].choices = [("", _("Choose")), *people]


class ArrestRecordForm(forms.Form):
    accused = PersonField(label=_("Who was arrested?"), queryset=None, empty_label=_("Choose"))
    on = when(_("Date"))
    agency = forms.ChoiceField(label=_("Arrested by"), required=False)
    operation = forms.ModelChoiceField(
        label=_("Operation"), queryset=None, required=False, empty_label=_("None")
    )
    venue = forms.ChoiceField(label=_("Where"), required=False)
    held = forms.BooleanField(label=_("Held in custody since then"), required=False, initial=True)
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        nobody = ("", _("Not known"))
        self.fields["accused"].queryset = Accused.objects.filter(case=case).order_by("key")
        agencies = case.agencies.order_by("key").values_list("key", "name")
        venues = [
            (venue.key, venue.name or venue.get_kind_display())
            for venue in Venue.objects.filter(case=case).order_by("key")
        ]
        self.fields["on"].initial = today_text(case)
        self.fields["agency"].choices = [nobody, *agencies]
        self.fields["venue"].choices = [nobody, *venues]
        operations = self.fields["operation"]
        operations.queryset = Operation.objects.filter(case=case).order_by("key")
        operations.label_from_instance = lambda row: f"{row.key} · {row.on}"


class CustodyStartForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=CustodyKind, initial=CustodyKind.REMAND)
    starts_on = when(_("From"))
    at = words(_("Where"))
    note = note()


class CustodyEndForm(VersionedForm):
    ends_on = when(_("Date"))
    note = note()
