from django import forms
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from cases.answering import VersionedForm
from cases.models import Case as CaseFile
from law.models import ClockRule
from law.states import About
from prosecutions.forms.pieces import PersonField, ProceedingField, note, when, words
from prosecutions.models import Accused, Clock, Proceeding
from prosecutions.steps import step_words
from survivors.models import Survivor


def reason(label, help_text=""):
    """A reason in words, which everybody who may see the case can read."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=300, widget=forms.Textarea({"rows": 3})
    )


class ClockFilterForm(forms.Form):
    """Which clocks of the board."""

    SOON, WEEK, PASSED, ENDED, ASIDE, ALL = "", "week", "passed", "ended", "aside", "all"
    SHOWN = {
        SOON: _("Running"),
        WEEK: _("Within a week"),
        PASSED: _("Passed"),
        ENDED: _("Ended"),
        ASIDE: _("Set aside"),
        ALL: _("Everything, with history"),
    }
    mark_optional = False

    show = forms.ChoiceField(label=_("Show"), required=False, choices=list(SHOWN.items()))
    severity = forms.ChoiceField(
        label=_("What hangs on it"),
        required=False,
        choices=[
            ("", _("All")),
            ("urgent", _("Liberty or a right")),
            ("warning", _("A duty, or delay")),
            ("info", _("Planning")),
        ],
    )
    mine = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("", _("All I may see")), ("1", _("My cases"))]
    )
    office = forms.ModelChoiceField(
        label=_("Office"), required=False, queryset=Office.objects.none(), empty_label=_("All")
    )
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices

    def criteria(self):
        """What was asked for and can be read; nonsense asks for nothing."""
        self.is_valid()
        return {"show": "", "severity": "", "mine": "", "office": None, "case": None} | self.cleaned_data

    def narrowed(self, rows, user, now):
        """The clocks that the filter wants."""
        facts = self.criteria()
        rows = rows.shown_as(facts["show"], now)
        wanted = {"rule__severity": facts["severity"], "office": facts["office"], "case": facts["case"]}
        rows = rows.filter(**{name: value for name, value in wanted.items() if value})
        return rows.filter(case__in=CaseFile.objects.named_on(user)) if facts["mine"] else rows


class RuleField(forms.ModelChoiceField):
    """One rule of the law."""

    def label_from_instance(self, row):
        return f"{row.name} ({row.code})"


class AboutForm(forms.Form):
    """Whom a step or a clock is about, of the people and proceedings of the case."""

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        for name, model in (("accused", Accused), ("survivor", Survivor), ("proceeding", Proceeding)):
            self.fields[name].queryset = model.objects.filter(case=case).order_by("key")

    def rules(self):
        """The rules of the country of the case."""
        country = self.case.country or self.case.office.country
        return ClockRule.objects.filter(jurisdiction=country)


class StepRecordForm(AboutForm):
    event = forms.ChoiceField(label=_("What happened?"), choices=())
    on = when(_("Date"), required=True)
    local_time = forms.TimeField(
        label=_("Time"), required=False, help_text=_("On the clock of the court. Hours are counted from it.")
    )
    accused = PersonField(label=_("Accused"), queryset=None, required=False, empty_label=_("All or nobody"))
    survivor = PersonField(label=_("Survivor"), queryset=None, required=False, empty_label=_("All or nobody"))
    proceeding = ProceedingField(
        label=_("Proceeding"), queryset=None, required=False, empty_label=_("Not known")
    )
    note = note()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rules = self.rules().values_list("starts", "stops_on")
        starting = {starts for starts, _stops in rules}
        stopping = {stops for _starts, stops in rules if stops}
        waited_for = set(
            Clock.objects.running().filter(case=self.case).values_list("rule__stops_on", flat=True)
        )
        groups = (
            (_("Stops a clock that runs"), waited_for - {""}),
            (_("Starts clocks"), starting),
            (_("Other steps"), stopping - waited_for - starting),
        )
        self.fields["event"].choices = [
            ("", _("Choose")),
            *((label, sorted(((c, step_words(c)) for c in codes), key=lambda row: row[1]))
              for label, codes in groups if codes),
        ]  # fmt: skip


class ClockStartForm(AboutForm):
    rule = RuleField(
        label=_("Rule"), queryset=None, empty_label=_("Choose"),
        help_text=_("Those that records do not start by themselves stand first."),
    )  # fmt: skip
    on = forms.DateField(label=_("Began on"))
    local_time = forms.TimeField(
        label=_("Time"), required=False, help_text=_("Needed where the law counts hours")
    )
    accused = PersonField(label=_("Accused"), queryset=None, required=False, empty_label=_("Nobody"))
    survivor = PersonField(label=_("Survivor"), queryset=None, required=False, empty_label=_("Nobody"))
    proceeding = ProceedingField(label=_("Proceeding"), queryset=None, required=False, empty_label=_("None"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        by_itself = Case(When(starts_when__isnull=True, then=0), default=1)
        self.fields["rule"].queryset = self.rules().order_by(by_itself, "name", "code")

    def clean(self):
        """Of one person in the case it is always this one."""
        facts = super().clean()
        rule = facts.get("rule")
        about = About(rule.about).value if rule else ""
        if about in ("accused", "survivor", "proceeding") and not facts.get(about):
            only = list(self.fields[about].queryset[:2])
            if len(only) == 1:
                facts[about] = only[0]
        return facts


class ClockExtendForm(VersionedForm):
    until = forms.DateField(label=_("New last day"))
    order = words(_("Order"), 300, help_text=_("Number and date of the order, or where it is written"))
    why = reason(_("Why"))


class ClockSetAsideForm(VersionedForm):
    why = reason(
        _("Why does it not hold?"), _("Everybody who may see the case can read it. Name no survivor.")
    )


class ClockTakeBackForm(VersionedForm):
    why = reason(_("Why"))
