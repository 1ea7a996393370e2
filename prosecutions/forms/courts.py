import uuid

from django import forms
from django.db.models import Q
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.answering import VersionedForm
from cases.models import Assignment
from cases.querysets import holding_now
from prosecutions.forms.pieces import (
    PeopleField,
    ProceedingField,
    note,
    one_of,
    words,
)
from prosecutions.models import Proceeding
from prosecutions.states import (
    HearingPurpose,
    reasons_by_side,
)
from prosecutions.whereabouts import warned
from survivors.models import Survivor


def team_of(case):
    """The people named on the case now."""
    named = Assignment.objects.filter(holding_now(), case=case).values("user_id")
    return User.objects.filter(pk__in=named, is_active=True).order_by("name", "pk")


def watch_clashes(field, include, url=None):
    """Say beside the field, as it is filled in, what whoever goes has then; nothing is refused for it."""
    field.widget.attrs |= {
        "hx-get": url or reverse_lazy("diary:clash-check"), "hx-trigger": "change",
        "hx-include": ", ".join(f"#id_{name}" for name in include), "hx-target": "#clash-check",
    }  # fmt: skip


def place_for_warning(field):
    """Where the warning appears."""
    field.help_text = format_html('<span id="{}" aria-live="polite"></span>', "clash-check")


class HearingScheduleForm(forms.Form):
    proceeding = ProceedingField(label=_("Proceeding"), queryset=None, empty_label=None)
    on = forms.DateField(label=_("Date"))
    local_time = forms.TimeField(label=_("Time"), required=False)
    purpose = one_of(_("Purpose"), HearingPurpose.choices)
    room = words(_("Room"), 80, widget=forms.TextInput({"class": "w-short"}))
    who_goes = forms.ModelChoiceField(
        label=_("Who goes"), queryset=None, required=False, empty_label=_("Nobody yet")
    )
    called = PeopleField(label=_("Survivors called"), queryset=None, required=False)
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proceeding"].queryset = Proceeding.objects.filter(case=case).order_by("key")
        self.fields["who_goes"].queryset = team_of(case)
        self.fields["called"].queryset = Survivor.objects.filter(case=case).order_by("key")
        for name in ("proceeding", "on", "local_time", "who_goes"):
            watch_clashes(self.fields[name], ("proceeding", "on", "local_time", "who_goes"))
        place_for_warning(self.fields["who_goes"])


class HearingRescheduleForm(VersionedForm):
    on = forms.DateField(label=_("New date"))
    local_time = forms.TimeField(label=_("Time"), required=False)
    room = words(_("Room"), 80, widget=forms.TextInput({"class": "w-short"}))

    def warn(self, hearing):
        """Beside the new date, what whoever goes has then."""
        url = reverse("diary:clash-check", query={"hearing": hearing.pk})
        for name in ("on", "local_time"):
            watch_clashes(self.fields[name], ("on", "local_time"), url)
        place_for_warning(self.fields["local_time"])


class HearingCancelForm(VersionedForm):
    reason = forms.ChoiceField(
        label=_("Why?"), required=False, choices=lambda: [("", _("Not known")), *reasons_by_side()]
    )


class HearingAssignForm(VersionedForm):
    who_goes = forms.ModelChoiceField(
        label=_("Who goes"), queryset=None, required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who_goes"].queryset = team_of(case)

    def warn(self, hearing):
        """Beside each person what stands in the way of her going there; nobody is refused for it."""
        people = self.fields["who_goes"]
        told = warned(hearing, list(people.queryset.values_list("pk", flat=True)))
        people.label_from_instance = lambda person: " – ".join([person.name, *told.get(person.pk, [])])
        if told:
            people.help_text = _("What is said beside a name is a warning: you may choose the person.")


class HearingConfirmForm(VersionedForm):
    """A yes needs no fields."""


class HearingCorrectForm(VersionedForm):
    reason = forms.CharField(
        label=_("What was wrong with it?"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class HearingFilterForm(forms.Form):
    """Which hearings: everything stands in the address, and no names do."""

    mark_optional = False
    MINE, COMING, MISSING, PAST, ALL = "mine", "coming", "missing", "past", "all"
    SHOW = {
        COMING: _("Coming up"),
        MISSING: _("Outcome missing"),
        PAST: _("Past"),
        ALL: _("All"),
    }

    show = forms.ChoiceField(label=_("Show"), required=False, choices=SHOW.items())
    who = forms.ChoiceField(
        label=_("Who goes"), required=False, choices=[("", _("Anybody")), (MINE, _("Me"))]
    )
    office = forms.ModelChoiceField(label=_("Office"), queryset=None, required=False, empty_label=_("All"))
    court = forms.ModelChoiceField(label=_("Court"), queryset=None, required=False, empty_label=_("All"))
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)
    view = forms.CharField(required=False, widget=forms.HiddenInput)
    month = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.usual = self.ALL if self.data.get("case") else self.COMING
        others = [(code, words) for code, words in self.SHOW.items() if code != self.usual]
        self.fields["show"].choices = [("", self.SHOW[self.usual]), *others]
        self.fields["office"].queryset = offices
        courts = Proceeding.objects.exclude(court="").filter(**self.within())
        self.fields["court"].queryset = courts.order_by("court", "created_at", "pk").distinct("court")
        self.fields["court"].label_from_instance = lambda row: row.court

    def within(self):
        """The case whose own list this is, if it is one."""
        try:
            return {"case": uuid.UUID(self.data.get("case", ""))}
        except ValueError:
            return {}

    def criteria(self):
        """What was asked for and can be read; nonsense asks for nothing."""
        self.is_valid()
        return dict.fromkeys(self.fields, "") | self.cleaned_data

    def shown(self):
        """Which part of the hearings: in a case all of them, elsewhere those ahead, if nothing is asked."""
        return self.criteria()["show"] or self.usual

    def narrowed(self, rows, user):
        """The hearings that the filter asks for."""
        facts = self.criteria()
        rule = Q()
        if facts["case"]:
            rule &= Q(case_id=facts["case"])
        if facts["who"] == self.MINE:
            rule &= Q(who_goes=user)
        if facts["office"]:
            rule &= Q(office=facts["office"])
        if facts["court"]:
            rule &= Q(proceeding__court=facts["court"].court)
        return rows.filter(rule)
