"""What is asked about rules: which to show, and what an office asks for on top."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Office
from accounts.roles import Can
from cases.answering import CodesFormField
from notifications.actions.tuning import PACES
from notifications.catalogue_words import SECTIONS
from notifications.practices import HARDEST_FIRST
from notifications.rules import FIXED_CIRCLE, To, Urgency

ME = "me"
# Whom somebody may look for; the others depend on the occasion.
ROLES = (To.LAW, To.PAR, To.SW, To.INV, To.BK, To.DUTY, To.LD, To.SG, To.FOD, To.RD, To.GOES, To.SYS)
ADDED = (To.LAW, To.PAR, To.SW, To.INV, To.BK, To.DUTY, To.LD, To.SG, To.FOD)
SPEEDS = {
    100: _("As the rule says"),
    75: _("After three quarters of the time"),
    50: _("After half of the time"),
    25: _("After a quarter of the time"),
}


class RuleFilterForm(forms.Form):
    """Of which office, which part of the catalogue, and whom it reaches."""

    mark_optional = False
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), required=False)
    section = forms.ChoiceField(label=pgettext_lazy("of the catalogue", "Section"), required=False)
    reaches = forms.ChoiceField(label=_("Who is told"), required=False)

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", _("All")), *SECTIONS.items()]
        roles = [(role.value, role.label) for role in ROLES]
        self.fields["reaches"].choices = [("", _("Everybody")), (ME, _("What reaches me")), *roles]
        if len(offices) > 1:
            self.fields["office"].queryset = Office.objects.filter(
                pk__in=[office.pk for office in offices]
            ).order_by("name", "pk")
            self.fields["office"].empty_label = None
        else:
            del self.fields["office"]


class HoursField(forms.DecimalField):
    """Hours as people write them; gives whole minutes, or None."""

    def __init__(self, **kwargs):
        super().__init__(
            min_value=Decimal("0.25"), max_value=2400, decimal_places=2, required=False,
            widget=forms.NumberInput(attrs={"class": "w-short", "step": "0.25"}), **kwargs,
        )  # fmt: skip

    def clean(self, value):
        hours = super().clean(value)
        return None if hours is None else int(hours * 60)

    def prepare_value(self, value):
        return f"{Decimal(value) / 60:.4g}" if isinstance(value, int) else value


class RuleTightenForm(forms.Form):
    """What the office asks for on top of the rule of the house."""

    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), empty_label=None)
    # Any word is taken here: the action says in a sentence why a softer one may not be.
    urgency = forms.CharField(label=_("How hard it knocks"), required=False, widget=forms.RadioSelect)
    pace = forms.TypedChoiceField(
        label=_("When nobody answers, it goes on"), coerce=int, widget=forms.RadioSelect, initial=100,
        choices=[(pace, SPEEDS[pace]) for pace in PACES],
    )  # fmt: skip
    act_minutes = HoursField(label=_("To be done within, in hours"))
    also_to = CodesFormField([], label=_("Also tell"))
    reason = forms.CharField(
        label=_("Why?"), max_length=200, widget=forms.Textarea({"rows": 2}),
        help_text=_("Everybody of the office reads it beside the rule. No name and no case."),
    )  # fmt: skip

    def __init__(self, *args, rule, how, leads, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(pk__in=leads).order_by("name", "pk")
        if len(leads) == 1:
            self.fields["office"].widget = forms.HiddenInput()
        own = HARDEST_FIRST.index(how.urgency)
        softer = [(each.value, each.label) for each in HARDEST_FIRST[:own] if each != Urgency.DIGEST]
        as_it_is = _("As the rule says: %(how)s") % {"how": how.urgency.label}
        self.fields["urgency"].widget.choices = [("", as_it_is), *softer]
        more = [(role.value, role.label) for role in ADDED if role not in how.to]
        self.fields["also_to"].choices = [] if rule in FIXED_CIRCLE else more
        if rule in FIXED_CIRCLE:
            del self.fields["also_to"]
        if how.act_minutes:
            self.fields["act_minutes"].help_text = _("The rule says %(hours)s; less is stricter.") % {
                "hours": f"{Decimal(how.act_minutes) / 60:.4g}"
            }


class RuleUntuneForm(forms.Form):
    """Back to the rule of the house."""

    office = forms.ModelChoiceField(Office.objects.none(), widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why?"), max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, leads, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(pk__in=leads)


def offices_led(user):
    """Ids of the offices whose rules this person may tighten."""
    return {
        office for office, _role in user.live_memberships if office and user.can_in(office, Can.TUNE_ALERTS)
    }
