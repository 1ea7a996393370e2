from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from accounts.roles import Can
from accounts.scope import viewer
from cases.answering import CodesFormField, FactForm, VersionedForm
from cases.keys import keys_of
from operations.models import Operation
from operations.states import OperationStatus
from reference.form_fields import EdtfField, QuantityFormField
from survivors import states
from survivors.models import Age, Episode, Kinship, Relief, Statement, Survivor

ROWS = 5
YES_NO = (("", _("Not known")), ("true", _("Yes")), ("false", _("No")))


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=YES_NO, required=False, coerce=lambda text: text == "true", empty_value=None, **kwargs
        )

    def prepare_value(self, value):
        return {True: "true", False: "false", None: ""}.get(value, value)


class SurvivorFilterForm(forms.Form):
    """What the list of survivors shows."""

    mark_optional = False
    child = forms.ChoiceField(
        label=_("Age"), required=False,
        choices=[("", _("All")), ("True", _("Children at relief")), ("False", _("Adults at relief"))],
    )  # fmt: skip
    stance = forms.ChoiceField(
        label=_("As a witness"), required=False, choices=[("", _("All")), *states.Stance.choices]
    )
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("All")), *states.Gender.choices]
    )

    def criteria(self):
        return self.cleaned_data if self.is_valid() else {}


class SurvivorRowForm(forms.Form):
    """One row of the grid; a row without a word is not a person."""

    mark_optional = False
    pseudonym = forms.CharField(label=_("Pseudonym"), required=False, max_length=80)
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=[("", "–"), *states.Gender.choices])
    years = QuantityFormField(label=_("Age at relief"), required=False)
    said_by = forms.CharField(label=_("Estimated by"), required=False, max_length=120)
    operation = forms.ModelChoiceField(None, label=_("Relieved by"), required=False, empty_label="–")

    def __init__(self, *args, operations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["operation"].queryset = operations
        self.fields["operation"].label_from_instance = operation_words

    def clean(self):
        answers = super().clean()
        said = [name for name in ("gender", "years", "said_by", "operation") if answers.get(name)]
        if said and not answers.get("pseudonym"):
            self.add_error("pseudonym", now_("Give this person a pseudonym, never a real name."))
        return answers


def operation_words(operation):
    """How an operation is told apart: its key, and for those who see operations its date and outcome."""
    if not viewer().can(Can.VIEW_OPERATION):
        return operation.key
    day = "" if operation.closed else operation.on
    words = (operation.key, day, operation.get_outcome_display() or operation.get_status_display())
    return " · ".join(str(word) for word in words if word)


def operations_of(case, *statuses):
    """Operations of the case in these states, latest first."""
    return Operation.objects.filter(case=case, status__in=statuses).order_by("-on", "key")


class SurvivorAddForm:
    """A small grid: up to five people at once. Behaves as a form towards `answer`."""

    is_multipart = False

    def __init__(self, sent, *, case):
        operations = operations_of(case, OperationStatus.DONE)
        self.is_bound, self.fields, self.general = sent is not None, {}, []
        self.rows = [
            SurvivorRowForm(sent, prefix=f"row{n}", operations=operations) for n in range(1, ROWS + 1)
        ]

    def __iter__(self):
        for row in self.rows:
            yield from row

    def non_field_errors(self):
        return self.general

    @property
    def errors(self):
        return any(row.errors for row in self.rows) or bool(self.general)

    def is_valid(self):
        right = not [row for row in self.rows if not row.is_valid()]  # all rows, so that all errors show
        if right and not self.people():
            self.general.append(now_("Give at least one person a pseudonym."))
        return right and not self.general

    def people(self):
        return [row.cleaned_data for row in self.rows if row.cleaned_data.get("pseudonym")]

    @property
    def cleaned_data(self):
        return {"rows": self.people()}

    def add_error(self, _field, sentence):
        self.general.append(sentence)


class SurvivorEditForm(VersionedForm, FactForm):
    child = YesNoField(label=_("Child at relief"))
    nationality = SimpleArrayField(
        forms.RegexField(r"^[A-Z]{2}$", error_messages={"invalid": _("Two capital letters each.")}),
        label=_("Nationality"), required=False, help_text=_("Two letters, such as PH; several with commas"),
    )  # fmt: skip
    vulnerabilities = CodesFormField(states.Vulnerability, label=_("What made the person easy to recruit"))

    class Meta:
        model = Survivor
        fields = [
            "pseudonym", "label", "gender", "birth_year", "child", "dependant", "nationality", "language",
            "schooling", "vulnerabilities", "note",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["birth_year"].help_text = _("The year alone, such as 2009 or 2009~")


class WitnessEditForm(VersionedForm, FactForm):
    testified = YesNoField(label=_("Heard in court"))
    in_court_at_verdict = YesNoField(label=_("In court at the verdict"))

    class Meta:
        model = Survivor
        fields = ["stance", "testified", "testified_on", "in_court_at_verdict", "witness_note"]
        labels = {"witness_note": _("Note")}


class SurvivorMissForm(forms.Form):
    operation = forms.ModelChoiceField(
        None, label=_("Operation"), help_text=_("Before or during which the person ran away or was moved")
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        rows = operations_of(case, OperationStatus.DONE, OperationStatus.PLANNED)
        self.fields["operation"].queryset = rows
        self.fields["operation"].label_from_instance = operation_words


class AgeAddForm(FactForm):
    said_by = forms.CharField(label=_("Said or estimated by"), required=False, max_length=120)
    estimated = YesNoField(label=_("An estimate"))

    class Meta:
        model = Age
        fields = ["at", "years", "months", "on", "said_by", "estimated", "note"]


class EpisodeAddForm(FactForm):
    """The terms of HTCDS, as boxes to tick."""

    kinds = CodesFormField(states.Exploitation, label=_("Exploitation"))
    sex = CodesFormField(states.SexualExploitation, label=_("Form of sexual exploitation"))
    apps = CodesFormField(states.App, label=_("Websites and apps"))
    recruited = CodesFormField(states.Recruitment, label=_("How recruited"))
    control = CodesFormField(states.Control, label=_("Means of control"))
    traffickers = CodesFormField([], label=_("By whom"))
    venues = CodesFormField([], label=_("Where"))

    class Meta:
        model = Episode
        fields = [
            "kinds", "sex", "industry", "apps", "venues", "traffickers", "recruited", "promise", "recruiter",
            "relationship", "control", "hours_per_day", "quota", "conditions", "started", "ended", "months",
            "years", "prevented", "born_into", "note",
        ]  # fmt: skip

    def __init__(self, *args, case, writer, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "traffickers", keys_of(case, writer, "accused"))
        offer(self, "venues", keys_of(case, writer, "venue"))


def offer(form, name, choices):
    """Give the field its choices; a question without any is not asked."""
    if choices:
        form.fields[name].choices = choices
    else:
        del form.fields[name]


class ReliefAddForm(FactForm):
    operation = forms.ModelChoiceField(
        None, label=_("Operation"), required=False, help_text=_("Only if an operation was the road out")
    )
    brought_out_by = forms.CharField(label=_("Brought out by"), required=False, max_length=200)

    class Meta:
        model = Relief
        fields = ["how", "on", "operation", "brought_out_by", "note"]

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["operation"].queryset = operations_of(case, OperationStatus.DONE)
        self.fields["operation"].label_from_instance = operation_words


class ReliefRecaptureForm(forms.Form):
    on = EdtfField(label=_("Taken back on"), required=False, help_text=_("2017, 2017-03 or 2017-03-10"))
    how = forms.CharField(label=_("How"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    traffickers = CodesFormField([], label=_("By whom"))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, case, writer, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "traffickers", keys_of(case, writer, "accused"))


class KinshipAddForm(FactForm):
    who = forms.ChoiceField(label=_("Who"), required=False)

    class Meta:
        model = Kinship
        fields = ["relation", "who", "role", "note"]
        help_texts = {"role": _("The part this relative played, if any")}

    def __init__(self, *args, survivor, writer, **kwargs):
        super().__init__(*args, **kwargs)
        people = keys_of(survivor.case, writer, "survivor", "accused")
        others = [(key, words) for key, words in people if key != survivor.key]
        self.fields["who"].choices = [("", now_("A relative without a record")), *others]


class StatementAddForm(FactForm):
    taken_by = forms.CharField(
        label=_("Taken by"), required=False, max_length=31, help_text=_("An agency of the case, or in a word")
    )
    names = CodesFormField([], label=_("Who was named"))

    class Meta:
        model = Statement
        fields = ["result", "on", "taken_by", "language", "names", "presence", "note"]

    def __init__(self, *args, case, writer, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "names", keys_of(case, writer, "accused"))
