"""Forms of what the court asks of somebody on bail, and of where the person is."""

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from prosecutions.bail_states import ConditionKind, CustodyEnd, HowKnown, Kept, Notice, Rhythm, Whereabouts
from prosecutions.forms.pieces import (
    LinesField,
    PeopleField,
    PersonField,
    amount,
    currency,
    note,
    one_of,
    when,
    words,
)
from prosecutions.models import Accused
from reference.form_renderer import ChoiceCards
from survivors.models import Survivor


class Weekday(forms.TypedChoiceField):
    """Monday is 0."""

    def __init__(self, **more):
        choices = [("", _("None")), *WEEKDAYS.items()]
        super().__init__(choices=choices, coerce=int, empty_value=None, required=False, **more)


def survivors_of(case):
    """Whom a condition may protect: the survivors of this case that the person who looks may see."""
    return Survivor.objects.filter(case=case).order_by("key")


class TermsForm(forms.Form):
    """Conditions that courts set most often, each with one touch; beside the free lines."""

    report_weekday = Weekday(
        label=_("Reports every week on"), help_text=_("We ask every week whether the person came")
    )
    report_at = words(_("Where to report"))
    stay_away = PeopleField(
        label=_("Stays away from"), queryset=None, required=False, help_text=_("By code and pseudonym")
    )
    other_terms = forms.MultipleChoiceField(
        label=_("Also ordered"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (kind.value, kind.label)
            for kind in (
                ConditionKind.NO_BUSINESS,
                ConditionKind.TRAVEL_BAN,
                ConditionKind.PASSPORT_SURRENDER,
                ConditionKind.RESIDENCE,
                ConditionKind.NO_MINORS,
                ConditionKind.NO_DEVICE,
            )
        ],
    )

    def __init__(self, *args, bail, with_survivors=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stay_away"].queryset = survivors_of(bail.case_id)
        if not with_survivors or not self.fields["stay_away"].queryset.exists():
            del self.fields["stay_away"]
        if bail.terms.exists():
            for name in TermsForm.base_fields:
                self.fields.pop(name, None)

    def clean(self):
        """The touches become conditions; what the action takes is one list of them."""
        facts = super().clean()
        if facts.get("report_at") and facts.get("report_weekday") is None and "report_at" in self.fields:
            self.add_error("report_weekday", _("Choose the day on which the person reports there."))
        facts["terms"] = list(self.terms(facts))
        for name in TermsForm.base_fields:
            facts.pop(name, None)
        return facts

    def terms(self, facts):
        weekday = facts.get("report_weekday")
        if weekday is not None:
            yield {"kind": ConditionKind.REPORTING, "rhythm": Rhythm.WEEKLY, "weekday": weekday,
                   "place": facts.get("report_at", "")}  # fmt: skip
        for survivor in facts.get("stay_away") or ():
            yield {"kind": ConditionKind.NO_CONTACT, "survivor": survivor}
        for kind in facts.get("other_terms") or ():
            yield {"kind": kind}


class ConditionAddForm(forms.Form):
    kind = forms.ChoiceField(label=_("What does the court ask for?"), choices=ConditionKind)
    text = words(_("In the words of the order"), 300)
    place = words(_("Where"), help_text=_("The police station, the address, the area"))
    survivor = PersonField(
        label=_("Protects"), queryset=None, required=False, empty_label=_("Nobody in particular")
    )
    rhythm = forms.ChoiceField(
        label=_("When is somebody to make sure?"),
        choices=Rhythm,
        initial=Rhythm.ALWAYS,
        widget=ChoiceCards(),
    )
    weekday = Weekday(label=_("Day of the week"))
    every_days = forms.IntegerField(
        label=_("Every how many days"), min_value=1, max_value=366, required=False,
        widget=forms.NumberInput({"class": "w-short"}),
    )  # fmt: skip
    on = forms.DateField(label=_("First day, or the day"), required=False)

    def __init__(self, *args, case, with_survivors=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["survivor"].queryset = survivors_of(case)
        if not with_survivors:
            del self.fields["survivor"]


class ConditionCheckForm(forms.Form):
    result = forms.ChoiceField(
        label=_("Was it kept?"),
        choices=Kept,
        widget=ChoiceCards(hints={"broken": _("It is recorded as a breach of the bail at once")}),
    )
    due_on = forms.DateField(required=False, widget=forms.HiddenInput)
    on = when(_("Known on"))
    how = one_of(_("How is it known?"), HowKnown.choices)
    note = words(_("Note"), 300)
    board = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ConditionLiftForm(VersionedForm):
    lifted_on = when(_("Lifted on"), required=True)


class BailVaryForm(VersionedForm):
    on = when(_("Date of the order"), required=True)
    conditions = LinesField(label=_("Conditions from now on"), longest=300, help_text=_("One on each line"))
    surety = amount(_("Surety from now on"))
    surety_currency = currency()
    note = note()


class BailNoticeForm(VersionedForm):
    notice = forms.ChoiceField(
        label=_("Were the survivors given notice?"), choices=Notice, widget=ChoiceCards()
    )
    notice_on = when(_("Given on"))
    notice_note = words(
        _("How, or why not"), 300, help_text=_("For example the number of the notice. No name of a survivor.")
    )


class BailReoffendForm(VersionedForm):
    reoffended_on = when(_("When?"))
    reoffended_case = forms.CharField(
        label=_("Case it led to"), max_length=40, required=False, help_text=_("Its number, if there is one")
    )
    reoffended_note = note()


class StatusConfirmForm(forms.Form):
    status = forms.ChoiceField(label=_("Where is the person?"), choices=Whereabouts, widget=ChoiceCards())
    on = forms.DateField(label=_("As of"), required=False, help_text=_("Empty means today"))
    how = one_of(_("How do you know?"), HowKnown.choices, required=True)
    at = words(_("Place"), help_text=_("The prison or the town"))
    note = words(_("Note"), 300)
    board = forms.BooleanField(required=False, widget=forms.HiddenInput)


class CustodyTransferForm(VersionedForm):
    at = forms.CharField(label=_("Where is the person held now?"), max_length=200)
    on = forms.DateField(label=_("Since"), required=False, help_text=_("Empty means today"))
    how = one_of(_("How do you know?"), HowKnown.choices, required=True)
    note = words(_("Note"), 300)


class MemoComposeForm(forms.Form):
    grounds = forms.CharField(
        label=_("Our grounds, in your words"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Stands first in the memo. Never write the name of a survivor."),
    )
    basis = forms.MultipleChoiceField(
        label=_("Legal basis"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_(
            "Rules of bail of the country. Tick those that speak for us; none stands in the memo else."
        ),
    )

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = [(rule, rule) for rule in rules]


def how_it_ended():
    """How a spell in custody ended; one question on the form that ends it."""
    return one_of(_("How did it end?"), CustodyEnd.choices)


def broken_condition(bail):
    """Which of the conditions was broken, when they are written down one by one."""
    return forms.ModelChoiceField(
        label=_("Which condition?"), queryset=bail.terms.filter(lifted_on="").order_by("position"),
        required=False, empty_label=_("Another one, or not known"),
    )  # fmt: skip


def same_person(accused):
    """The numbers of other cases of the same human being that the person who looks may see."""
    others = Accused.objects.filter(perpetrator=accused.perpetrator_id).exclude(pk=accused.pk)
    return list(others.order_by("case__number").values_list("case__number", flat=True).distinct())
