import uuid
from datetime import date, timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import ROLE_CAN, ROLE_REACH, Can, Reach
from law.models import Court
from prosecutions.actions import starts_at
from prosecutions.forms.courts import team_of
from prosecutions.models import Hearing, Proceeding
from reference.values import PartialDate

YEAR = timedelta(days=366)


class FeedAddForm(forms.Form):
    label = forms.CharField(
        label=_("For which device or program?"), max_length=60, required=False,
        help_text=_("So that you know later which one to take back: telephone, office computer"),
    )  # fmt: skip


class ClashCheckForm(forms.Form):
    """A hearing that is being scheduled or moved, as far as it is filled in."""

    hearing = forms.UUIDField(required=False)
    proceeding = forms.UUIDField(required=False)
    who_goes = forms.UUIDField(required=False)
    on = forms.DateField()
    local_time = forms.TimeField(required=False)

    def hearing_meant(self):
        """The hearing as it would be, saved nowhere; None where it is not enough to say anything."""
        facts = self.cleaned_data
        hearing = the_hearing(facts["hearing"]) if facts["hearing"] else new_hearing(facts)
        if hearing is None or hearing.who_goes_id is None:
            return None
        hearing.on, hearing.local_time = PartialDate(facts["on"]), facts["local_time"]
        hearing.starts_at = starts_at(facts["on"], facts["local_time"], hearing.office)
        return hearing


def the_hearing(pk):
    return Hearing.objects.select_related("proceeding__known_court", "office").filter(pk=pk).first()


def new_hearing(facts):
    """A hearing of this proceeding for this person of the team of its case."""
    rows = Proceeding.objects.select_related("known_court", "office", "case")
    proceeding = rows.filter(pk=facts["proceeding"]).first()
    person = proceeding and team_of(proceeding.case).filter(pk=facts["who_goes"]).first()
    if person is None:
        return None
    return Hearing(proceeding=proceeding, case=proceeding.case, office=proceeding.office, who_goes=person)


def goes_to_court(user):
    """Is this somebody who is named on cases and records what happens at hearings, not one who oversees?"""
    return any(
        Can.RECORD_HEARING in ROLE_CAN[role] and ROLE_REACH[role] is Reach.ASSIGNED
        for _office, role in user.live_memberships
    )


def day_asked(text, today):
    """The day in the address; today when it asks for none or for nonsense."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return today
    return day if 1900 <= day.year <= 2100 else today


class CalendarFilterForm(forms.Form):
    """Whose, where and which: everything stands in the address, and no names do."""

    mark_optional = False
    MINE, ALL = "me", "all"
    VIEWS = ("month", "week", "list")

    who = forms.ChoiceField(label=_("Who goes"), required=False)
    court = forms.ChoiceField(label=_("Court"), required=False)
    office = forms.ModelChoiceField(label=_("Office"), queryset=None, required=False, empty_label=_("All"))
    view = forms.CharField(required=False, widget=forms.HiddenInput)
    on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        mine = goes_to_court(user)
        self.usual = self.MINE if mine else self.ALL
        words = {self.MINE: _("Me"), self.ALL: _("Anybody")}
        others = [(code, words[code]) for code in words if code != self.usual]
        self.fields["who"].choices = [("", words[self.usual]), *others, *people(user)]
        self.fields["court"].choices = [("", _("All")), *courts()]
        self.fields["office"].queryset = offices

    def criteria(self):
        """What was asked for and can be read; nonsense asks for nothing."""
        self.is_valid()
        facts = dict.fromkeys(self.fields, "") | self.cleaned_data
        facts["who"] = facts["who"] or self.usual
        facts["view"] = facts["view"] if facts["view"] in self.VIEWS else ""
        return facts

    def narrowed(self, rows):
        """The hearings that the filter asks for."""
        facts = self.criteria()
        if facts["who"] == self.MINE:
            rows = rows.in_diary_of(self.user)
        elif facts["who"] != self.ALL:
            rows = rows.filter(who_goes=facts["who"])
        if facts["office"]:
            rows = rows.filter(office=facts["office"])
        return rows.filter(at_court(facts["court"])) if facts["court"] else rows


def people(user):
    """Those who go to hearings that the viewer sees, by their names; addresses hold their keys."""
    since = timezone.now() - YEAR
    going = Hearing.objects.filter(starts_at__gte=since).exclude(who_goes=None).values("who_goes")
    found = User.objects.filter(pk__in=going).exclude(pk=user.pk).order_by("name", "pk")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def courts():
    """The courts of proceedings that the viewer sees: those of the list, and others as they were written."""
    seen = Proceeding.objects.order_by()
    listed = Court.objects.filter(pk__in=seen.exclude(known_court=None).values("known_court"))
    known = [(f"c-{pk}", name) for pk, name in listed.order_by("name", "pk").values_list("pk", "name")]
    others = seen.filter(known_court=None).exclude(court="").order_by("court", "pk").distinct("court")
    written = [(f"p-{pk}", name) for pk, name in others.values_list("pk", "court")]
    return sorted(known + written, key=lambda choice: choice[1].casefold())


def at_court(code, proceeding="proceeding"):
    """The rule for what hangs from a proceeding at the court that this code of the filter stands for."""
    kind, _dash, key = code.partition("-")
    key = uuid.UUID(key)
    if kind == "c":
        return Q(**{f"{proceeding}__known_court": key})
    written = Proceeding.objects.filter(pk=key).values("court")
    return Q(**{f"{proceeding}__known_court": None, f"{proceeding}__court__in": written})
