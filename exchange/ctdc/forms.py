"""What is asked before rows or counts leave, and before a set of others comes in."""

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from cases.forms import any_of
from cases.states import CaseworkType
from exchange.ctdc.anonymity import FLOOR, K
from exchange.forms import PurposeForm
from exchange.states import FORMS, ExportKind

LARGEST = 40 * 1024 * 1024


class NarrowedForm(PurposeForm):
    """Of which office and casework type."""

    of: ExportKind
    form = forms.ChoiceField(label=_("Kind of file"))
    office = forms.TypedChoiceField(label=_("Office"), required=False, coerce=int, empty_value=None)
    kind_of_case = any_of(_("Casework type"), CaseworkType.choices)
    narrowed: tuple[str, ...] = ("office", "kind_of_case")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(one.value, one.label) for one in FORMS[self.of]]
        offices = [(office.pk, office.name) for office in person.offices_seen]
        self.fields["office"].choices = [("", now_("All")), *offices]

    @property
    def filters(self):
        """What narrows the file, in a form that can be written down."""
        return {name: self.cleaned_data[name] for name in self.narrowed if self.cleaned_data.get(name)}

    def facts(self):
        """What the action takes."""
        answers = self.cleaned_data
        names = ("form", "purpose", "receiver", "why")
        office = Office.objects.filter(pk=answers.get("office")).first()
        return {
            **{name: answers[name] for name in names}, "kind": self.of, "filters": self.filters,
            "office": office,
        }  # fmt: skip


class CtdcAddForm(NarrowedForm):
    """Rows of the 27 columns."""

    of = ExportKind.CTDC
    k = forms.IntegerField(
        label=_("How many must look alike (k)"), min_value=K, max_value=1000, initial=K,
        help_text=_("Eleven or more; the higher, the less can be told from a row"),
    )  # fmt: skip
    field_order = ("form", "office", "kind_of_case", "k", "purpose", "receiver", "why")
    narrowed = ("office", "kind_of_case", "k")

    def too_few(self, rows):
        """Say so beside the field before anybody waits for a file without rows."""
        if rows < FLOOR:
            self.add_error(
                "kind_of_case",
                now_(
                    "Fewer than %(floor)s people: rows of so few could lead to somebody. "
                    "Ask for counts instead."
                )
                % {"floor": FLOOR},
            )
        return rows < FLOOR


class CountsAddForm(NarrowedForm):
    """Sums in the shape of IC-TIP and SDG 16.2.2."""

    of = ExportKind.COUNTS
    of_numbers = True
    population = forms.IntegerField(
        label=_("Population"), required=False, min_value=1, max_value=10_000_000_000,
        help_text=_("Of the country, for victims per 100,000 people (SDG 16.2.2)"),
    )  # fmt: skip
    population_source = forms.CharField(
        label=_("Source of the population"),
        required=False,
        max_length=200,
        help_text=_("Who counted it, and when"),
    )
    field_order = (
        "form", "office", "kind_of_case", "population", "population_source", "purpose", "receiver", "why",
    )  # fmt: skip
    narrowed = ("office", "kind_of_case", "population", "population_source")

    def clean(self):
        answers = super().clean()
        if answers.get("population") and not answers.get("population_source"):
            self.add_error("population_source", now_("Say where this number comes from."))
        return answers


class CtdcSetAddForm(forms.Form):
    """A published set of others, to compare with."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As it was published, with the year"))
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("As it wants to be cited"))
    file = forms.FileField(
        label=_("File (CSV)"), help_text=_("Of any year: the columns are known by their names")
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(now_("This file is larger than 40 MB."))
        return file
