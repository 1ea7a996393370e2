"""What happened at a hearing: on the page of the hearing in four taps, and on a page of its own in full."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from law.models import Reason
from prosecutions.forms.pieces import PeopleField, amount, currency, note, one_of, words
from prosecutions.hearing_states import ASKED_BY_PARTY, ASKED_WHEN, GOES_ON, SAT, CostKind
from prosecutions.models import Hearing
from prosecutions.next_dates import offered
from prosecutions.states import AskedBy, HearingOutcome, HearingPurpose, reasons_by_side
from reference.form_renderer import ChoiceCards
from survivors.models import Survivor

OTHER, NONE, AUTO = "other", "none", "auto"
COST_ROWS = 3


def exact_reasons(country, day):
    """The law's reasons that hold on that day, those of all countries and those of this one."""
    rows = Reason.objects.in_force(day).filter(jurisdiction__in=["ZZ", country])
    return list(rows.order_by("party", "name", "pk"))


def by_party(rows):
    """Choices in groups by whose reason it was."""
    groups = {}
    for row in rows:
        groups.setdefault(row.get_party_display(), []).append((str(row.pk), row.name))
    return [("", _("Not said")), *groups.items()]


class HearingRecordForm(VersionedForm):
    """What happened: big choices, and the branch that belongs to the answer."""

    mark_optional = False  # what is needed follows from the outcome
    JUDGMENT = "judgment"
    CHOICES = [
        (HearingOutcome.HELD, _("Held")),
        (HearingOutcome.PART_HEARD, _("Part-heard")),
        (HearingOutcome.ADJOURNED, _("Adjourned")),
        (JUDGMENT, _("Judgment")),
        (HearingOutcome.VACATED, _("Taken off the list")),
    ]
    HINTS = {
        "held": _("It went ahead"),
        "part_heard": _("It went ahead and goes on another day"),
        "adjourned": _("It did not go ahead"),
        "judgment": _("Convicted, acquitted or dismissed: the verdict comes next"),
        "vacated": _("Cancelled, not moved"),
    }

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=CHOICES,
        widget=ChoiceCards(hints=HINTS),
        error_messages={"required": _("Choose what happened.")},
    )
    why = forms.ChoiceField(label=_("Why?"), required=False, widget=ChoiceCards())
    reason = forms.ChoiceField(
        label=_("Which reason?"), required=False, choices=lambda: [("", _("Choose")), *reasons_by_side()]
    )
    exact_reason = forms.ChoiceField(label=_("Or exactly"), required=False)
    asked_by = one_of(_("Who asked for it?"), [(AUTO, _("As the reason says")), *AskedBy.choices])
    next_in = forms.ChoiceField(label=_("Next date"), required=False, widget=ChoiceCards())
    next_on = forms.DateField(label=_("Another date"), required=False)
    next_time = forms.TimeField(label=_("Time"), required=False)
    no_next = forms.BooleanField(label=_("The court gave no date"), required=False)
    next_purpose = forms.ChoiceField(
        label=_("What for?"), required=False, choices=[("", _("For the same")), *HearingPurpose.choices]
    )
    came = PeopleField(label=_("Which survivors came?"), queryset=None, required=False)
    wages_lost = amount(_("Wages and fares lost, in one sum"))
    wages_lost_currency = currency()
    whose_wages = words(_("Whose?"), 80)
    judge = words(_("Judge"), 200)
    note = note()

    def __init__(self, *args, case, hearing=None, reasons=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.hearing = case, hearing or Hearing(case=case)
        self.survivors = list(Survivor.objects.filter(case=case).order_by("key"))
        self.fields["came"].queryset = Survivor.objects.filter(case=case).order_by("key")
        self.fields["wages_lost_currency"].initial = case.office.currency
        self.fields["asked_by"].initial = AUTO
        self.exact = exact_reasons(case.office.country, timezone.localdate())
        self.fields["exact_reason"].choices = by_party(self.exact)
        self.offer_reasons(reasons)
        self.dates = offered(hearing, timezone.now()) if hearing else []
        self.offer_dates()
        self.costs = [self.cost_row(number) for number in range(1, COST_ROWS + 1)] if self.survivors else []

    def offer_reasons(self, reasons):
        """The reasons of this court as taps, each with who will stand as having asked."""
        field = self.fields["why"]
        field.choices = [*((code, code.label) for code in reasons), (OTHER, _("Another reason"))]
        said = _("asked by: %(who)s")
        field.widget.hints = {code.value: said % {"who": ASKED_WHEN[code].label} for code in reasons}

    def offer_dates(self):
        """The usual next dates as taps, each with its day, and with what closes the court on it."""
        field = self.fields["next_in"]
        taps = [(date.value, date.label) for date in self.dates]
        field.choices = [*taps, (NONE, _("No date given")), (OTHER, _("Another date"))]
        field.widget.hints = {date.value: date.hint for date in self.dates}

    def cost_row(self, number):
        """One amount: whose, for what, how much. Gives the fields as the page shows them."""
        row = f"cost{number}_"
        whose = [("", _("Whose?"))]
        for survivor in self.survivors:
            whose.append((str(survivor.pk), survivor.called))
            family = _("family of %(name)s") % {"name": survivor.called}
            whose.append((f"{survivor.pk}:family", family))
        self.fields[f"{row}whose"] = forms.ChoiceField(label=_("Whose?"), required=False, choices=whose)
        self.fields[f"{row}kind"] = forms.ChoiceField(
            label=_("For what?"), required=False, choices=CostKind.choices
        )
        self.fields[f"{row}amount"] = amount(_("How much?"))
        self.fields[f"{row}currency"] = currency()
        self.fields[f"{row}currency"].initial = self.case.office.currency
        return [f"{row}{part}" for part in ("whose", "kind", "amount", "currency")]

    @property
    def cost_rows(self):
        """The bound fields of each amount."""
        return [[self[name] for name in names] for names in self.costs]

    def clean(self):
        facts = super().clean()
        outcome = facts.get("outcome")
        self.take_reason(facts, outcome)
        self.take_date(facts)
        if outcome == HearingOutcome.ADJOURNED and not facts.get("reason"):
            self.add_error("reason", _("Choose why the hearing was adjourned."))
        known = facts.get("next_on") or facts.get("no_next") or {"next_on", "next_in"} & set(self.errors)
        if outcome in GOES_ON and not known:
            self.add_error("next_on", _("Enter the next date, or tick that the court gave none."))
        if facts.pop("no_next", False) and facts.get("next_on"):
            self.add_error("next_on", _("You entered a date and ticked that the court gave none."))
        facts["costs"] = self.take_costs(facts)
        return facts

    def take_reason(self, facts, outcome):
        """The tap, the short list and the exact list make one reason; who asked follows unless it is said."""
        tapped, chosen = facts.pop("why", ""), facts.get("reason", "")
        went_ahead = outcome in (*SAT, self.JUDGMENT)
        exact = {str(row.pk): row for row in self.exact}.get(facts.get("exact_reason", ""))
        if tapped and tapped != OTHER and not went_ahead:
            if chosen and chosen != tapped:
                self.add_error("reason", _("You gave two reasons. Keep one of them."))
            facts["reason"] = tapped
        elif exact and not chosen:
            facts["reason"] = exact.falls_under
        if exact and exact.falls_under != facts.get("reason") and "reason" not in self.errors:
            self.add_error("exact_reason", _("These two reasons do not belong together. Choose one of them."))
        facts["exact_reason"] = exact
        if facts.get("asked_by") == AUTO:
            facts["asked_by"] = self.asked_as_said(facts.get("reason", ""), exact, went_ahead)

    def asked_as_said(self, reason, exact, went_ahead):
        """Who asked, by the reason."""
        if went_ahead or not reason:
            return ""
        return ASKED_BY_PARTY.get(exact.party, "") if exact else ASKED_WHEN.get(reason, "")

    def take_date(self, facts):
        """The tap or the date that was written; a tapped date keeps the time of this hearing."""
        tapped, written = facts.pop("next_in", ""), facts.get("next_on")
        if tapped == NONE:
            facts["no_next"] = True
        elif tapped == OTHER and not written and "next_on" not in self.errors:
            self.add_error("next_on", _("Enter the date."))
        elif tapped and tapped != OTHER:
            day = next(date.on for date in self.dates if date.value == tapped)
            if written and written != day:
                self.add_error("next_on", _("You gave two dates. Keep one of them."))
            facts["next_on"] = day
        if tapped not in ("", NONE) and facts.get("next_on") and not facts.get("next_time"):
            facts["next_time"] = self.hearing.local_time

    def take_costs(self, facts):
        """The amounts that were written, each with whose it was."""
        found, people = [], {str(row.pk): row for row in self.survivors}
        for names in self.costs:
            whose, kind, lost, code = (facts.pop(name, None) for name in names)
            if bool(whose) != bool(lost) and not set(names) & set(self.errors):
                missing = names[0] if lost else names[2]
                self.add_error(missing, _("Say whose it was.") if lost else _("Enter the amount."))
            elif whose and lost:
                pk, _colon, family = whose.partition(":")
                found.append(
                    {"survivor": people[pk], "of_family": bool(family), "kind": kind, "amount": lost,
                     "currency": code or ""}
                )  # fmt: skip
        return found
