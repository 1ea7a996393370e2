"""What is asked when the law is changed: the columns of a table, and always why."""

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from law.checking import pattern_fault, zone_known
from law.models import CommonCode, Court, CourtTier, Jurisdiction, Reason, Statute
from law.shapes import CODE
from law.whom import whom_fault, words_of


class ReasonedForm(forms.Form):
    """Asks why, and remembers which version of the row it was opened on."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The amendment, judgment or text that says so. It stays with the row for good."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class EntryForm(ReasonedForm):
    """The columns of one table as questions."""

    def __init__(self, *args, table, country, row=None, **kwargs):
        self.table, self.country = table, country
        if row is not None:
            kwargs["initial"] = {name: getattr(row, name) for name in (*table.fields, "version")}
        super().__init__(*args, **kwargs)
        last = {name: self.fields.pop(name) for name in ("reason", "version")}
        self.fields |= {**self.asked(), **last}

    def asked(self):
        """The fields of the model, with lists of codes where there are some."""
        fields = fields_for_model(self.table.model, self.table.fields)
        if "statute" in fields:
            of_country = Statute.objects.of_country(self.country)
            fields["statute"].queryset = of_country.order_by("name", "valid_from", "pk")
        if "casework" in fields:
            fields["casework"] = forms.MultipleChoiceField(
                label=_("Kinds of casework"), choices=kinds_of_casework, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        if "falls_under" in fields:
            fields["falls_under"] = forms.ChoiceField(label=_("Counts as"), choices=short_reasons)
        if "papers" in fields:
            fields["papers"] = forms.MultipleChoiceField(
                label=_("Papers it depends on"), choices=words_of("papers").items(), required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            fields["for_whom"].help_text = _(
                "Groups of people; one that fits is enough. For example: "
                '[{"age": "child", "casework": ["csec"]}, {"ask": "For victims with few means."}]'
            )
        for field in fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
        return fields

    def clean_for_whom(self):
        groups = self.cleaned_data["for_whom"] or []
        fault = whom_fault(groups)
        if fault:
            raise forms.ValidationError(fault)
        return groups

    def clean(self):
        facts = super().clean()
        begins, ends = facts.get("valid_from"), facts.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", _("It cannot end before it begins."))
        if facts.get("pattern") and (fault := pattern_fault(facts["pattern"], facts.get("example", ""))):
            self.add_error(*fault)
        if "readings" in self.fields and not known_readings(facts.get("readings"), self.table.fields):
            self.add_error("readings", _('Name columns of this clock and their other value: {"days": 90}.'))
        elif "readings" in facts:
            facts["readings"] = facts["readings"] or {}
        return facts


class EntryAddForm(EntryForm):
    """A row that no file has."""

    code = forms.RegexField(
        CODE.pattern + r"\Z",
        label=_("Code"),
        max_length=60,
        help_text=_("Letters, figures and hyphens; how files and programs call it. It never changes."),
        error_messages={"invalid": _("Use letters, figures and hyphens.")},
    )


class EntryEditForm(EntryForm):
    """A row as it stands."""


class EntryRenewForm(EntryForm):
    """The row as it will be from a day on."""

    begins = forms.DateField(label=_("From which day does it say so?"))

    def asked(self):
        fields = super().asked()
        return {
            name: field for name, field in fields.items() if name not in ("valid_from", "valid_to", "checked")
        }


class CountryEditForm(ReasonedForm):
    """What is said of a country as a whole."""

    bail_rules = forms.CharField(
        label=_("Rules of bail"),
        required=False,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("One on each line."),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 4}))

    def clean_bail_rules(self):
        rules = [line.strip() for line in self.cleaned_data["bail_rules"].splitlines() if line.strip()]
        if any(len(rule) > 1000 for rule in rules):
            raise forms.ValidationError(_("A rule may have 1000 characters at most."))
        return rules


class CountryFilterForm(forms.Form):
    """Which rows of a country are shown."""

    mark_optional = False
    text = forms.CharField(
        label=_("Search by name, section or code"),
        required=False,
        widget=forms.TextInput({"type": "search", "placeholder": _("Name, section or code")}),
    )
    on = forms.DateField(label=_("In force on"), required=False)
    part = forms.CharField(required=False, widget=forms.HiddenInput)


class CourtForm(forms.Form):
    """A court of the list."""

    jurisdiction = forms.ModelChoiceField(
        Jurisdiction.objects.exclude(pk="ZZ").order_by("name"), label=_("Country")
    )
    name = forms.CharField(label=_("Name"), max_length=300)
    also_called = forms.CharField(
        label=_("Also written"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One on each line. What is written like this is linked to the court."),
    )
    tier = forms.ModelChoiceField(
        CourtTier.objects.order_by("jurisdiction", "tier", "name"), label=_("Kind of court"), required=False
    )
    place = forms.CharField(label=_("Town"), max_length=200, required=False)
    subdivision = forms.RegexField(
        r"^[A-Z]{2}-[A-Z0-9]{1,3}$",
        label=_("State or province"),
        required=False,
        help_text=_("By ISO 3166-2, like IN-WB: its holidays count for this court's clocks."),
        error_messages={"invalid": _("Write it like IN-WB or PH-CEB.")},
    )
    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=40,
        required=False,
        help_text=_("Like Asia/Kolkata. Left empty it is the first of the country."),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 2}))

    def clean_also_called(self):
        lines = [line.strip() for line in self.cleaned_data["also_called"].splitlines() if line.strip()]
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_("Each line may have 300 characters at most."))
        return lines

    def clean(self):
        facts = super().clean()
        place = facts.get("jurisdiction") or self.initial.get("jurisdiction")
        if not facts.get("time_zone") and place is not None:
            facts["time_zone"] = (place.time_zones or ["UTC"])[0]
        elif facts.get("time_zone") and not zone_known(facts["time_zone"]):
            self.add_error("time_zone", _("This time zone is not known."))
        if facts.get("tier") and place is not None and facts["tier"].jurisdiction_id != place.pk:
            self.add_error("tier", _("This kind of court belongs to another country."))
        return facts


class CourtAddForm(CourtForm):
    """A new one."""


class CourtEditForm(CourtForm):
    """The court as it stands; its country stays."""

    closed = forms.BooleanField(label=_("No longer used"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, court, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["jurisdiction"]
        self.initial["jurisdiction"] = court.jurisdiction
        self.fields["tier"].queryset = self.fields["tier"].queryset.filter(jurisdiction=court.jurisdiction_id)


class TravelSetForm(forms.Form):
    """The way to another court."""

    other = forms.ModelChoiceField(Court.objects.none(), label=_("To"))
    minutes = forms.IntegerField(
        label=_("Minutes, door to door"), min_value=1, max_value=7 * 24 * 60,
        widget=forms.NumberInput({"class": "w-short"}),
    )  # fmt: skip

    def __init__(self, *args, court, **kwargs):
        super().__init__(*args, **kwargs)
        others = Court.objects.filter(jurisdiction=court.jurisdiction_id, closed=False).exclude(pk=court.pk)
        self.fields["other"].queryset = others.order_by("name", "place", "pk")
        self.fields["other"].label_from_instance = lambda row: " · ".join(filter(None, (row.name, row.place)))


def kinds_of_casework():
    """The common list, as choices."""
    rows = CommonCode.objects.filter(list="casework_types").order_by("position", "pk")
    return [(row.code, row.name) for row in rows]


def short_reasons():
    """What reasons fall under, each in the words of its own code."""
    codes = Reason.objects.order_by("falls_under").values_list("falls_under", flat=True).distinct()
    return [(code, _(code.replace("_", " ").capitalize())) for code in codes]


def known_readings(readings, columns):
    """Other readings name columns of the same clock."""
    return not readings or (isinstance(readings, dict) and set(readings) <= set(columns))
