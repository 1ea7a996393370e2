"""What is asked about lookouts, on both sides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from accounts.roles import Can
from cases.answering import CodesFormField, FactForm
from cases.keys import keys_of
from operations.actions.lookouts import MOST_DAYS, USUAL_DAYS
from operations.models import Lookout, LookoutReply, LookoutSheet
from operations.states import LookoutResult
from reference.form_fields import EdtfField
from reference.form_renderer import ChoiceCards

SHEET = ("who", "called", "age_band", "sex", "language", "looks", "places", "risk", "keep_away", "if_seen")
HELP = {
    "called": _("A pseudonym, or nothing. Never the name of a survivor: that is asked for below."),
    "looks": _("Height, hair, scars, clothes. No name, no number of a case."),
    "places": _("Towns, stations, relatives' districts"),
    "risk": _("Only what those who watch must know"),
    "keep_away": _("Those who watch are told to call and not to go near"),
    "if_seen": _("Whom to call, and what not to say"),
}


class OfficesField(forms.ModelMultipleChoiceField):
    """Several offices, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class DaysField(forms.IntegerField):
    """For how long."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("For how many days"), min_value=1, max_value=MOST_DAYS, initial=USUAL_DAYS,
            widget=forms.NumberInput(attrs={"class": "w-short"}),
            help_text=_("At most 90. Then the others read no more of it, and you are asked."), **kwargs,
        )  # fmt: skip


class LookoutSendForm(FactForm):
    """Whom to ask, what they may read, until when."""

    mark_optional = False
    to_office = forms.ModelChoiceField(Office.objects.none(), label=_("To the office"), required=False)
    also_offices = OfficesField(Office.objects.none(), label=_("And to these offices"), required=False)
    to_agency = forms.CharField(
        label=_("Or to an agency"), required=False, max_length=31, help_text=_("In a word or two")
    )
    about = CodesFormField([], label=_("Whom of your case it is about"))
    days = DaysField(required=False)
    name = forms.CharField(
        label=_("A name to be told"), required=False, max_length=120,
        help_text=_("Goes out only once the safeguarding lead has agreed. Nothing else waits for it."),
    )  # fmt: skip
    name_reason = forms.CharField(label=_("Why the name is needed"), required=False, max_length=300)

    class Meta:
        model = Lookout
        fields = ["to_office", "to_agency", "about", "why", "on"]
        labels = {"why": _("Why")}
        help_texts = {"why": _("Stays with your team: the other office does not read it")}

    def __init__(self, *args, case, writer, **kwargs):
        super().__init__(*args, **kwargs)
        others = Office.objects.exclude(pk=case.office_id).order_by("name")
        for name in ("to_office", "also_offices"):
            self.fields[name].queryset = others
        self.fields |= forms.fields_for_model(LookoutSheet, SHEET, help_texts=HELP, widgets=WIDGETS)
        for name in ("looks", "places", "risk", "if_seen"):
            self.fields[name].widget.attrs["rows"] = 2
        for name in ("who", "age_band", "sex"):
            self.fields[name].choices = [("", _("Not told")), *self.fields[name].choices[1:]]
        people = keys_of(case, writer, "survivor", "accused")
        if people:
            self.fields["about"].choices = people
        else:
            del self.fields["about"]
        if not writer.can_on(Can.OPEN_IDENTITY, case.office_id):
            del self.fields["name"], self.fields["name_reason"]

    def part(self, *names):
        return [self[name] for name in names if name in self.fields]

    @property
    def whom(self):
        return self.part("to_office", "to_agency")

    @property
    def more(self):
        return self["also_offices"]

    @property
    def sheet(self):
        return self.part(*SHEET)

    @property
    def naming(self):
        return self.part("name", "name_reason")

    @property
    def ours(self):
        return self.part("days", "about", "why", "on")


WIDGETS = {"who": forms.RadioSelect}


class LookoutCloseForm(forms.Form):
    result = forms.ChoiceField(label=_("Result"), choices=LookoutResult.choices, widget=forms.RadioSelect)
    closed_on = EdtfField(label=_("Closed on"), required=False, help_text=_("Today if left empty"))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class LookoutRenewForm(forms.Form):
    days = DaysField()
    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class LookoutDecideForm(forms.Form):
    agreed = forms.TypedChoiceField(
        label=_("May the offices read the name?"),
        choices=[
            ("true", _("Yes, for as long as they watch")),
            ("false", _("No, what they have is enough")),
        ],
        coerce=lambda text: text == "true", widget=forms.RadioSelect,
    )  # fmt: skip


class CardReplyForm(FactForm):
    class Meta:
        model = LookoutReply
        fields = ["answer", "seen_on", "place", "words"]
        widgets = {
            "answer": ChoiceCards(
                hints={
                    "sighting": _("The team of the case hears of it at once"),
                    "not_here": _("You can still write when that changes"),
                }
            )
        }
        help_texts = {"seen_on": _("Day, month or year, as well as you know it")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [one for one in self.fields["answer"].choices if one[0]]
        self.fields["words"].widget.attrs["rows"] = 3
