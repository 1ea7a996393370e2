import re
import uuid

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from operations.models import Operation, Venue
from prosecutions.forms.bail_watch import how_it_ended
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
from prosecutions.matching.weighing import ACROSS, Traits
from prosecutions.models import Accused, Network
from prosecutions.proposals import phone_keys, proposals_for, proposals_of
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


def this_year():
    """Nobody is born later."""
    return timezone.localdate().year


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
    phones = LinesField(
        label=_("Phone numbers"),
        longest=40,
        help_text=_("One on each line; kept sealed, compared with others"),
    )
    places = LinesField(label=_("Places"), help_text=_("Where the person lives, works or comes from"))
    born_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        min_value=1900,
        max_value=2100,
        validators=[MaxValueValidator(this_year)],
        widget=forms.NumberInput({"class": "w-short"}),
    )
    network = NetworkField(label=_("Network"), queryset=None, required=False, empty_label=_("None"))
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["network"].queryset = Network.objects.filter(case=case).order_by("key")


class KnownPersonForm(PersonForm):
    """Also asks who else this is: somebody in another case, or a second person of the name in this one."""

    NEW = "new"
    FIRST = ("same_as", "name", "namesake", "label", "aliases")

    same_as = forms.ChoiceField(
        label=_("The same person as in another case"),
        required=False,
        help_text=_("Whoever has a name or description like this comes first"),
        error_messages={"required": _("Say whether this is the same person.")},
    )

    def __init__(self, *args, accused=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.accused = accused
        self.others = Accused.objects.filter(case=self.case).exclude(pk=accused.pk if accused else None)
        self.offer_known()
        self.offer_namesakes()
        self.order_fields(self.FIRST)

    def names(self):
        """What the person is called: as typed, or as known so far."""
        if self.is_bound:
            typed = (self.data.get("name", ""), self.data.get("label", ""))
            return [*typed, *self.data.get("aliases", "").splitlines()]
        return called(self.accused) if self.accused else []

    def offer_known(self):
        """People of other cases that the viewer may see; one who bears the name must be answered for."""
        field = self.fields["same_as"]
        here = self.others.values("perpetrator")
        rows = Accused.objects.exclude(case=self.case).exclude(perpetrator__in=here)
        known = list(rows.known_as(*self.names()).for_list())
        self.likely = self.proposals()
        known += [p.other for p in self.likely if p.score >= ACROSS and p.other not in known]
        known = [row for row in known if row.case_id != self.case.pk]
        rest = [(str(row.pk), in_case(row)) for row in rows.for_list() if row not in known]
        same = [(str(row.pk), self.same(row)) for row in known]
        field.initial = self.linked(rows)
        field.required = bool(field.initial) or (bool(known) and self.must_answer())
        nobody = [] if field.initial else [("", _("Choose") if field.required else _("Not known"))]
        new = [(self.NEW, _("No, somebody else"))] if known and not field.initial else []
        groups = [(_("Like this name or description"), same), (_("Others"), rest)]
        field.choices = [*nobody, *new, *(group for group in groups if group[1])]

    def proposals(self):
        """Who may be meant, with the evidence; also somebody who stands in this case already."""
        if not any(self.names()):
            return []
        if self.accused and not self.renamed():
            return proposals_for(self.accused)
        return proposals_of(self.asked(), leave_out=[self.accused.perpetrator_id] if self.accused else ())

    def asked(self):
        """What is typed so far, as far as it can be compared."""
        data, lines = self.data, str.splitlines
        year = data.get("born_year", "")
        countries = [code for code in re.split(r"[\s,;]+", data.get("nationality", "").upper()) if code]
        numbers = phone_keys(lines(data.get("phones", "")), *countries, self.case.office.country)
        typed = (data.get("name", ""), *lines(data.get("aliases", "")))
        return Traits(
            names=tuple(name for name in typed if name.strip()),
            phones=frozenset(numbers),
            places=tuple(place for place in lines(data.get("places", "")) if place.strip()),
            position=data.get("position", ""),
            born=int(year) if year.isdecimal() else None,
            gender=data.get("gender", ""),
            nationality=frozenset(countries),
        )

    def must_answer(self):
        """Only when names are sent that were not there before."""
        return self.is_bound and (self.accused is None or self.renamed())

    def linked(self, rows):
        """The record of another case that this person is known by already."""
        same = rows.filter(perpetrator=self.accused.perpetrator_id) if self.accused else rows.none()
        pk = same.order_by("pk").values_list("pk", flat=True).first()
        return str(pk) if pk else ""

    @staticmethod
    def same(person):
        """The question about one person, in words."""
        words = {"name": person.called, "case": person.case.number}
        return _("Same person as %(name)s in %(case)s") % words

    def renamed(self):
        """Is the person called something new?"""
        return not plain(self.names()) <= plain(called(self.accused))

    def offer_namesakes(self):
        """A second person of one name in one case is a warning, which a tick confirms."""
        self.namesake = self.others.known_as(*self.names()).order_by("key").first()
        if self.is_bound and self.namesake and (self.accused is None or self.renamed()):
            label = _("These are two people with one name")
            self.fields["namesake"] = forms.BooleanField(label=label, required=False)

    def clean_same_as(self):
        answer = self.cleaned_data["same_as"]
        return uuid.UUID(answer) if answer not in ("", self.NEW) else None

    def clean(self):
        facts = super().clean()
        if facts.pop("namesake", True) is False:
            words = {"person": f"{self.namesake.code} · {self.namesake.called}"}
            sentence = _("%(person)s is in this case already. Tick the box if this is another person.")
            self.add_error("namesake", sentence % words)
        return facts


def called(person):
    """All that a person on record is called."""
    return [person.name, person.label, *person.aliases]


def plain(names):
    """Names without capitals and spaces."""
    return {"".join(name.split()).lower() for name in names} - {""}


def in_case(person):
    """A person of another case in the list to choose from."""
    return _("%(name)s in %(case)s") % {"name": person.called, "case": person.case.number}


class AccusedAddForm(KnownPersonForm):
    """Somebody new to the case."""


class AccusedEditForm(KnownPersonForm, VersionedForm):
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
    local_time = forms.TimeField(
        label=_("Time"), required=False, help_text=_("The law counts hours from it. Left out: from midnight.")
    )
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
        operations.queryset = Operation.objects.carried_out().filter(case=case).order_by("key")
        operations.label_from_instance = lambda row: f"{row.key} · {row.on}"


class CustodyStartForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=CustodyKind, initial=CustodyKind.REMAND)
    starts_on = when(_("From"))
    at = words(_("Where"))
    note = note()


class CustodyEndForm(VersionedForm):
    how = how_it_ended()
    ends_on = when(_("Date"))
    note = note()
