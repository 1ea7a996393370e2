"""Questions about homes of the office, and about a stay in one of them."""

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from aftercare.forms.care import NOT_CHOSEN, PARTIAL, note
from aftercare.models import Home
from aftercare.states import PlacementEnd
from cases.answering import FactForm, VersionedForm
from reference.form_fields import EdtfField

YES, NO = ("yes", _("Yes")), ("no", _("No"))
OTHER = "other"


class HomeForm(FactForm):
    """What the team must know of a home to choose it, and where it stands, which is sealed."""

    address = forms.CharField(
        label=_("Address and way"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )  # fmt: skip
    languages = forms.CharField(
        label=_("Languages spoken"), required=False, max_length=300, help_text=_("With commas between them")
    )
    step_free = forms.TypedChoiceField(
        label=_("Without steps"), required=False, choices=[("", _("Not known")), YES, NO],
        coerce=lambda text: text == "yes", empty_value=None,
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Home
        fields = [
            "called", "kind", "capacity", "takes", "youngest", "oldest", "siblings_together",
            "family_consent", "languages", "step_free", "note",
        ]  # fmt: skip
        widgets = {"capacity": forms.NumberInput({"class": "w-short", "min": 1})}
        help_texts = {
            "called": _("A word the team knows: “Blue door”. No name on the door, no street, no town"),
            "capacity": _("How many people it can take in; empty when nobody has said"),
            "youngest": _("In years; empty for no limit"),
            "oldest": _("In years; empty for no limit"),
            "family_consent": _("Must the family, or who stands in its place, agree before somebody comes?"),
        }  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = self.instance
        self.fields["address"].help_text = (
            _("Sealed; shown only by “Where”, and each look is written down. Empty keeps the address we have")
            if known.pk and not known._state.adding
            else _("Sealed; shown only by “Where”, and each look is written down")
        )
        if not known._state.adding:
            self.initial["languages"] = ", ".join(known.languages)
            self.initial["step_free"] = {True: "yes", False: "no"}.get(known.step_free, "")
            self.initial["version"] = known.version
        else:
            self.fields.pop("version")

    def clean_languages(self):
        told = self.cleaned_data["languages"].split(",")
        return [word.strip()[:60] for word in told if word.strip()]

    def clean(self):
        facts = super().clean()
        youngest, oldest = facts.get("youngest"), facts.get("oldest")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("oldest", _("This is younger than the age from which it takes people."))
        if facts.get("capacity") == 0:
            self.add_error("capacity", _("Leave it empty when nobody has said."))
        return facts


class HomeAddForm(HomeForm):
    """For a lead of several offices, which of them works with the home."""

    field_order = ["office_id", "called", "address"]
    office_id = forms.TypedChoiceField(label=_("Office"), coerce=int)

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office_id"].choices = [(office.pk, office.name) for office in offices]
        if len(offices) == 1:
            del self.fields["office_id"]
            self.only = offices[0].pk

    def clean(self):
        facts = super().clean()
        return facts if "office_id" in self.fields else {**facts, "office_id": self.only}


class HomeEditForm(HomeForm):
    field_order = ["called", "address"]


class HomeCloseForm(VersionedForm):
    closed_on = forms.DateField(
        label=_("Closed on"), required=False,
        help_text=_("From this day on it takes nobody. Leave it empty to open the home again"),
    )  # fmt: skip


class HomePlaceForm(forms.Form):
    """One person, or all of a family, come to a home of the office."""

    starts_on = EdtfField(label=_("From"), help_text=PARTIAL)
    left_why = forms.ChoiceField(
        label=_("Why the stay before ends"), required=False, choices=[NOT_CHOSEN, *PlacementEnd.choices]
    )
    agreed_by = forms.ChoiceField(label=_("Who agreed"), required=False)
    consent_by = forms.CharField(
        label=_("Name or office of who agreed"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    consent_on = EdtfField(
        label=_("Agreed on"), required=False, help_text=_("Empty means the day of the move")
    )
    against = forms.CharField(
        label=_("Why against these rules"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    knowing = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    note = note(rows=2)

    def __init__(self, *args, agreeing, consent, moving, broken, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("knowing", " ".join(broken))
        self.fields["agreed_by"].choices = [NOT_CHOSEN, *agreeing, (OTHER, _("Somebody else"))]
        if not moving:
            del self.fields["left_why"]
        self.reason_needed = self.fields["against"].required = bool(broken)
        self.fields["against"].error_messages["required"] = _("Give a reason to choose it all the same.")
        self.may_lack_consent = consent
        if consent and not broken:
            self.fields["against"].label = _("Why without the consent of the family")
            self.fields["against"].help_text = _("Only if nobody could be asked yet")

    def clean(self):
        facts = super().clean()
        said, words = facts.pop("agreed_by", ""), facts.get("consent_by", "")
        if said == OTHER and not words:
            self.add_error("consent_by", _("Say who it was."))
        labels = dict(self.fields["agreed_by"].choices)
        parts = [str(labels[said]) if said and said != OTHER else "", words]
        facts["consent_by"] = ", ".join(filter(None, parts))
        facts["knowing"] = tuple((facts.get("knowing") or "").split())
        if facts["consent_by"] and not facts.get("consent_on"):
            facts["consent_on"] = facts.get("starts_on", "")
        return facts


def standing_in():
    """Who may agree in place of a family."""
    return [
        ("authority", now_("Child protection authority or ministry")),
        ("court", now_("A court")),
        ("guardian", now_("A guardian")),
        ("self", now_("The person, of age")),
    ]
