"""What is asked before a file of the standard is made."""

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from cases.forms import any_of
from cases.states import CaseworkType
from exchange.forms import PurposeForm
from exchange.states import FORMS, INSIDE, NEEDS, ExportKind
from reference.form_renderer import ChoiceCards

PROFILES = {
    ExportKind.HTCDS: _("Codes, countries, years and months; no name and no word that somebody wrote"),
    ExportKind.HTCDS_NAMES: _(
        "Names of those who agreed to that for this receiver; a second person must always say yes"
    ),
}
FORMATS = {
    "xlsx": _("Spreadsheet in the official layout: 38 columns"),
    "zip": _("A table for each entity: all 84 fields (ZIP of CSV)"),
    "json": _("All 84 fields as data (JSON)"),
}


class HtcdsAddForm(PurposeForm):
    """Which profile, in which form, of whom, for whom and what for."""

    kind = forms.ChoiceField(label=_("With or without names?"))
    form = forms.ChoiceField(label=_("Kind of file"))
    office = forms.TypedChoiceField(label=_("Office"), required=False, coerce=int, empty_value=None)
    kind_of_case = any_of(_("Casework type"), CaseworkType.choices)

    field_order = ("kind", "form", "office", "kind_of_case", "purpose", "receiver", "why")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in PROFILES if person.can(NEEDS[kind])]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].initial = ExportKind.HTCDS.value
        self.fields["kind"].widget = ChoiceCards(
            choices=self.fields["kind"].choices, hints={kind.value: PROFILES[kind] for kind in kinds}
        )
        self.fields["form"].choices = [(one.value, FORMATS[one]) for one in FORMS[ExportKind.HTCDS]]
        offices = [(office.pk, office.name) for office in person.offices_seen]
        self.fields["office"].choices = [("", now_("All")), *offices]

    def clean(self):
        answers = super().clean()
        if answers.get("kind") == ExportKind.HTCDS_NAMES and answers.get("purpose") in INSIDE:
            self.add_error(
                "purpose", now_("Names leave only for a purpose that the survivors were asked about.")
            )
        return answers

    @property
    def filters(self):
        """What narrows the file, in a form that can be written down."""
        answers = self.cleaned_data
        return {name: answers[name] for name in ("office", "kind_of_case") if answers.get(name)}

    def facts(self):
        """What the action takes."""
        answers = self.cleaned_data
        names = ("kind", "form", "purpose", "receiver", "why")
        office = Office.objects.filter(pk=answers.get("office")).first()
        return {**{name: answers[name] for name in names}, "filters": self.filters, "office": office}
