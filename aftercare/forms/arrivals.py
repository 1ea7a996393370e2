"""The grid on which a whole group is registered: its head-count above, its people below."""

import re

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from aftercare.forms.care import NOT_CHOSEN, id_or_none, worker_choices
from cases.states import RiskLevel
from reference.form_fields import QuantityFormField
from reference.values import Quantity
from survivors.actions.facts import is_child
from survivors.states import FamilyPart, Gender, ReliefRoad

ROW = re.compile(r"^p(\d{1,3})-called$")
FEW, MORE, MOST = 5, 10, 70
SAYS_SOMETHING = ("called", "gender", "age", "grown", "family", "part", "dependant")
OLDEST = 120  # years; more is a slip of the hand
AID = ("clothes", "food", "medical")
ALSO = ("risk", "worker_id", *AID)
MONTHS = re.compile(r"^\s*(\d{1,2})\s*m\s*$", re.I)


def tick(label):
    """A box."""
    return forms.BooleanField(label=label, required=False)


def short(field, **kwargs):
    """A narrow field of text."""
    return field(
        required=False, widget=forms.TextInput({"autocomplete": "off", "class": "w-narrow"}), **kwargs
    )


class AgeField(QuantityFormField):
    """Years, or months with an m; gives (years, months)."""

    default_error_messages = {
        "quantity": _("Write years: 6, 5~ for about five, 7..10; or months: 8m."),
    }

    def clean(self, value):
        found = MONTHS.match(str(value or ""))
        if found:
            return "", found[1]
        years = super().clean(value)
        if years and (Quantity.of(years).low or 0) > OLDEST:
            raise forms.ValidationError(self.error_messages["quantity"], code="quantity")
        return years, ""


class ArrivalGroupForm(forms.Form):
    """The group as a whole, and what is the same for all its people."""

    mark_optional = False
    group = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    label = forms.CharField(
        label=_("What to call the group"), required=False, max_length=200, help_text=_("Never a real name"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    people = short(QuantityFormField, label=_("People found"))
    adults = short(QuantityFormField, label=_("Adults"))
    children = short(QuantityFormField, label=_("Children"))
    how = forms.ChoiceField(
        label=_("How they came out"), required=False,
        choices=[("", "–"), *(road for road in ReliefRoad.choices if road[0] != ReliefRoad.OPERATION)],
    )  # fmt: skip
    arrived_at = forms.DateTimeField(label=_("Came to us"))
    risk = forms.ChoiceField(label=_("Danger"), choices=RiskLevel)
    worker_id = forms.TypedChoiceField(
        label=_("Social worker"), required=False, coerce=id_or_none, empty_value=None
    )
    clothes, food, medical = tick(_("Clothes")), tick(_("Food")), tick(_("Medical check"))

    def __init__(self, *args, team, counted, by_operation, **kwargs):
        super().__init__(*args, **kwargs)
        if by_operation:
            del self.fields["how"]
        self.fields["worker_id"].choices = [("", _("Not named yet")), *worker_choices(team)[1:]]
        if counted:
            for name in ("label", "people", "adults", "children"):
                del self.fields[name]


class ArrivalRowForm(forms.Form):
    """One person; a row in which nothing is said is nobody."""

    mark_optional = False
    row_words = ""  # which row of the grid it is, for the summary of what is wrong
    called = forms.CharField(
        label=_("Chosen name"), required=False, max_length=80, widget=forms.TextInput({"autocomplete": "off"})
    )
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=[("", "–"), *Gender.choices])
    age = short(AgeField, label=_("Age"))
    grown = forms.ChoiceField(
        label=_("Child or adult"), required=False,
        choices=[("", "–"), ("child", _("Child")), ("adult", _("Adult"))],
    )  # fmt: skip
    family = short(forms.CharField, label=_("Family"), max_length=3)
    part = forms.ChoiceField(
        label=_("In the family"), required=False, choices=[("", "–"), *FamilyPart.choices]
    )
    dependant = tick(_("Came along, not exploited"))
    risk = forms.ChoiceField(label=_("Danger"), required=False, choices=[("", _("Same")), *RiskLevel.choices])
    worker_id = forms.TypedChoiceField(
        label=_("Social worker"), required=False, coerce=id_or_none, empty_value=None
    )
    clothes, food, medical = tick(_("Clothes")), tick(_("Food")), tick(_("Medical check"))

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker_id"].choices = [("", _("Same")), *worker_choices(team)[1:]]

    def columns(self):
        """The fields of the row, in the order of its columns."""
        return [self[name] for name in (*SAYS_SOMETHING, "risk", "worker_id")]

    def ticks(self):
        """What was given to this person alone."""
        return [self[name] for name in AID]

    def clean_family(self):
        letter = self.cleaned_data["family"].strip().upper()
        if letter and not letter.isalnum():
            raise forms.ValidationError(now_("One letter: everybody with the same one stays together."))
        return letter

    def clean(self):
        told = super().clean()
        age = told.get("age") or ("", "")
        told["age"] = age if any(age) else ""
        said = any(told.get(name) for name in SAYS_SOMETHING)
        if not said and any(told.get(name) for name in ALSO):
            self.add_error("called", now_("Give a chosen name or an age, or say at least child or adult."))
        if told.get("part") and not told.get("family") and "family" not in self.errors:
            self.add_error("family", now_("Write the letter of the family too."))
        of_age = is_child(*age)
        if of_age is not None and told.get("grown") and of_age != (told["grown"] == "child"):
            self.add_error("grown", now_("The age says otherwise."))
        told["said"] = said
        return told

    def facts(self, everybody):
        """What the action takes; what was ticked for everybody holds for her too."""
        told = self.cleaned_data
        years, months = told["age"] or ("", "")
        facts = {
            name: told[name]
            for name in ("called", "gender", "family", "part", "dependant", "risk", "worker_id")
        }
        facts |= {"years": years, "months": months}
        facts["child"] = {"child": True, "adult": False}.get(told["grown"])
        return facts | {name: told[name] or everybody[name] for name in AID}


class ArrivalForm:
    """The group and its rows. Behaves as one form towards `answer`."""

    is_multipart = False

    def __init__(self, sent, *, team, counted, by_operation, rows, initial):
        self.is_bound, self.general = sent is not None, []
        numbers = rows_in(sent) if self.is_bound else []
        facts = {"team": team}
        self.head = ArrivalGroupForm(
            sent, initial=initial, counted=counted, by_operation=by_operation, **facts
        )
        self.rows = [
            ArrivalRowForm(sent, prefix=f"p{n}", initial=row_of(initial, n), **facts)
            for n in (numbers or range(1, max(min(rows, MOST), 1) + 1))
        ]
        for number, row in enumerate(self.rows, 1):
            row.row_words = now_("Person %(number)s") % {"number": number}

    def everybody(self):
        """What was given to all of them."""
        return [self.head[name] for name in AID]

    @property
    def fields(self):
        """All fields under the names by which they are sent."""
        return {
            form.add_prefix(name): field
            for form in (self.head, *self.rows)
            for name, field in form.fields.items()
        }

    def __iter__(self):
        for form in (self.head, *self.rows):
            yield from form

    def non_field_errors(self):
        return [*self.general, *self.head.non_field_errors()]

    @property
    def errors(self):
        return bool(self.general or self.head.errors or any(row.errors for row in self.rows))

    def is_valid(self):
        right = [form.is_valid() for form in (self.head, *self.rows)]  # all, so that all errors show
        return all(right) and not self.general

    @property
    def cleaned_data(self):
        head = dict(self.head.cleaned_data)
        everybody = {name: head.pop(name) for name in AID}
        people = [row.facts(everybody) for row in self.rows if row.cleaned_data["said"]]
        counts = {name: head.pop(name, "") for name in ("people", "adults", "children")}
        head.pop("group")
        return {**head, "counts": counts, "people": people}

    def add_error(self, field, sentence):
        form = next(
            (one for one in (self.head, *self.rows) for name in one.fields if one.add_prefix(name) == field),
            None,
        )
        if form is None:
            self.general.append(sentence)
        else:
            form.add_error(field.removeprefix(f"{form.prefix}-") if form.prefix else field, sentence)


def rows_in(sent):
    """The numbers of the rows that were sent."""
    return sorted(int(found[1]) for name in sent if (found := ROW.match(name)))[:MOST]


def row_of(initial, number):
    """What was typed in this row before it was asked for more of them."""
    start = f"p{number}-"
    return {name.removeprefix(start): value for name, value in initial.items() if name.startswith(start)}


class CareEntrustForm(forms.Form):
    """One social worker for many people; a whole family at once."""

    mark_optional = False
    worker_id = forms.TypedChoiceField(label=_("Social worker"), coerce=id_or_none)
    who = forms.MultipleChoiceField(label=_("Who"), required=False)

    def __init__(self, *args, team, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker_id"].choices = [NOT_CHOSEN, *worker_choices(team)[1:]]
        self.fields["who"].choices = choices
