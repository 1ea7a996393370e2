"""What is asked before a report is made: of when, of which cases, for whom and what for."""

from datetime import date

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from cases.forms import any_of
from cases.models import Grant
from cases.states import CaseworkType
from exchange.forms import PurposeForm
from exchange.reports.sharing_out import donor_key
from exchange.states import FORMS, INSIDE, ExportKind
from figures.months import last_day, month_before

LONGEST_YEARS = 10


class ReportAddForm(PurposeForm):
    """A report over a span of days."""

    of_numbers = True
    kind = ExportKind.BOARD

    first = forms.DateField(label=_("From"))
    last = forms.DateField(label=_("Until"))
    office = forms.TypedChoiceField(label=_("Office"), required=False, coerce=int, empty_value=None)
    kind_of_case = any_of(_("Casework type"), CaseworkType.choices)
    form = forms.ChoiceField(label=_("Kind of file"))

    field_order: tuple[str, ...] = (
        "first",
        "last",
        "office",
        "kind_of_case",
        "form",
        "purpose",
        "receiver",
        "why",
    )
    FILTERS: tuple[str, ...] = ("first", "last", "office", "kind_of_case")

    def __init__(self, *args, person, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["form"].choices = [(one.value, one.label) for one in FORMS[self.kind]]
        offices = [(office.pk, office.name) for office in person.offices_seen]
        self.fields["office"].choices = [("", now_("All")), *offices]
        self.fields["first"].initial, self.fields["last"].initial = quarter_before(today)

    def clean(self):
        answers = super().clean()
        first, last = answers.get("first"), answers.get("last")
        if first and last and first > last:
            self.add_error("last", now_("This lies before the first day."))
        elif first and last and last.year - first.year > LONGEST_YEARS:
            self.add_error("first", now_("Ten years at most."))
        if last and last > self.today:
            self.add_error("last", now_("This day is still to come."))
        return answers

    def facts(self):
        """What the action takes."""
        answers = self.cleaned_data
        office = Office.objects.filter(pk=answers.get("office")).first()
        filters = {name: written(answers[name]) for name in self.FILTERS if answers.get(name)}
        names = ("form", "purpose", "receiver", "why")
        return {
            **{name: answers[name] for name in names},
            "kind": self.kind,
            "filters": filters,
            "office": office,
        }


class DonorAddForm(ReportAddForm):
    """The same by grant; to somebody outside of one grant only."""

    kind = ExportKind.DONOR
    grant = forms.ChoiceField(label=_("Grant"), required=False)

    field_order = ("grant", *ReportAddForm.field_order)
    FILTERS = ("grant", *ReportAddForm.FILTERS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = {}
        for name in Grant.objects.order_by("name").values_list("name", flat=True).distinct():
            names.setdefault(donor_key(name), " ".join(name.split()))
        choices = [(name, name) for name in sorted(names.values())]
        self.fields["grant"].choices = [("", now_("All grants, for ourselves")), *choices]

    def clean(self):
        answers = super().clean()
        if answers.get("purpose") and answers["purpose"] not in INSIDE and not answers.get("grant"):
            self.add_error("grant", now_("A donor is told of her own grant only: choose it."))
        return answers


class FiguresAddForm(ReportAddForm):
    """The same as a table for other programs."""

    kind = ExportKind.FIGURES


def quarter_before(today):
    """The first and the last day of the quarter that ended last."""
    last = month_before(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1))
    return month_before(month_before(last)), last_day(last)


def written(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
