"""Questions about files that bring records in. The forms parse; the actions judge."""

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from accounts.roles import Can
from cases.answering import VersionedForm
from exchange.batch_states import Alike, BatchKind, DateOrder
from exchange.incoming.registry import KINDS
from exchange.incoming.tables import MEGABYTE, MOST_BYTES, MOST_ROWS
from exchange.querysets import offices_imported_to
from reference.form_renderer import ChoiceCards

WHAT_ROWS_TELL = {
    BatchKind.CASES: _("Number, title, type, where both tracks stand, and since when"),
    BatchKind.PEOPLE: _("Survivors, whose names are sealed, and accused, by the number of their case"),
    BatchKind.HEARINGS: _("Court, docket, date, purpose and outcome, by the number of the case"),
    BatchKind.HTCDS: _("The official template, a form, or JSON and ZIP of the standard; names are sealed"),
    BatchKind.CTDC: _("The public columns, in any of their spellings"),
}


class BatchAddForm(forms.Form):
    """A file, what its rows tell of, and where they belong."""

    kind = forms.ChoiceField(label=_("What does each row tell of?"))
    office = forms.ModelChoiceField(label=_("Office"), queryset=Office.objects.none(), empty_label=None)
    file = forms.FileField(label=_("File"), max_length=255)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        mine = offices_imported_to(person)
        kinds = [BatchKind(code) for code in KINDS if may_some(person, mine, KINDS[code].needs)]
        choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].choices = choices
        self.fields["kind"].widget = ChoiceCards(
            choices=choices, hints={kind.value: WHAT_ROWS_TELL[kind] for kind in kinds}
        )
        self.fields["office"].queryset = Office.objects.filter(pk__in=mine).order_by("name", "pk")
        self.fields["file"].widget.attrs["accept"] = ",".join(
            sorted({f".{ending}" for kind in kinds for ending in KINDS[kind].endings})
        )
        self.fields["file"].help_text = now_(
            "Spreadsheet (XLSX) or plain table (CSV), up to %(most)s MB and %(rows)s rows"
        ) % {"most": MOST_BYTES // MEGABYTE, "rows": f"{MOST_ROWS:,}"}

    def clean_file(self):
        """Judged before it is read as a whole."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                now_("A file has %(most)s MB at most. Send it in parts.") % {"most": MOST_BYTES // MEGABYTE}
            )
        return file


def may_some(person, offices, needs):
    """Does the person hold this in one of the offices?"""
    return any(needs is None or person.can_in(office, needs) for office in offices) and bool(
        person.can(Can.IMPORT_DATA)
    )


class SheetForm(VersionedForm):
    """Where the names of the columns stand."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int)
    header_at = forms.IntegerField(label=_("Row with the names of the columns"), min_value=1, max_value=500)
    header_rows = forms.TypedChoiceField(
        label=_("How many rows they fill"), coerce=int, choices=[(1, "1"), (2, "2"), (3, "3")]
    )

    def __init__(self, *args, sheets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [
            (place, name or now_("The only one")) for place, name in enumerate(sheets)
        ]


class ColumnsForm(VersionedForm):
    """Which column of the file is which of ours."""

    dates = forms.ChoiceField(
        label=_("Dates like 03/04/2019 mean"), choices=DateOrder.choices, widget=forms.RadioSelect
    )

    mark_optional = False

    def __init__(self, *args, header, known, told, **kwargs):
        super().__init__(*args, **kwargs)
        self.header = header
        choices = [("", now_("Leave it out"))]
        choices += [
            (one.name, f"{one.label} *" if one.required else str(one.label))
            for one in sorted(known, key=lambda one: not one.required)
        ]
        for place, head in enumerate(header):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=head or now_("Column without a name"), choices=choices, required=False,
                initial=told.get(str(place), ""),
            )  # fmt: skip
            words = now_("“%(column)s”: choose one of our columns, or leave it out.") % {
                "column": self.fields[f"column_{place}"].label
            }
            # Django fills in the answer by its own %: the name of a column may hold one.
            self.fields[f"column_{place}"].error_messages["invalid_choice"] = words.replace("%", "%%")

    @property
    def named(self):
        """{place: name}."""
        names = ((place, self.cleaned_data.get(f"column_{place}")) for place in range(len(self.header)))
        return {place: name for place, name in names if name}

    def lines(self, samples):
        """Each column: its field, and a few of its values."""
        for place in range(len(self.header)):
            yield self[f"column_{place}"], samples[place] if place < len(samples) else []


class CodesForm(VersionedForm):
    """What words of the file mean in our lists."""

    def __init__(self, *args, unknown, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = {}
        lists = {column.name: column for column in columns}
        for name, words in unknown.items():
            if name not in lists or lists[name].codes is None:
                continue
            choices = [("", now_("Not known")), *lists[name].codes.choices]
            for word, count in sorted(words.items(), key=lambda one: -one[1]):
                field = f"word_{len(self.asked)}"
                self.asked[field] = (name, word)
                self.fields[field] = forms.ChoiceField(
                    label=now_("%(column)s: “%(word)s” (%(count)s rows)")
                    % {"column": lists[name].label, "word": word, "count": count},
                    choices=choices, required=False,
                )  # fmt: skip

    mark_optional = False

    @property
    def told(self):
        """{column: {word: code}} of what was answered."""
        found = {}
        for field, (name, word) in self.asked.items():
            if self.cleaned_data.get(field):
                found.setdefault(name, {})[word] = self.cleaned_data[field]
        return found


class AlikeForm(forms.Form):
    """Look-alikes of one page, each answered or not; or all that nobody has answered."""

    rest = forms.ChoiceField(
        label=_("All that nobody has answered"), required=False,
        choices=[("", _("Leave them open")), *Alike.choices],
    )  # fmt: skip

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"row_{row.pk}"] = forms.ChoiceField(
                label=now_("Row %(row)s") % {"row": row.row}, required=False, initial=row.answer,
                choices=[("", now_("Not answered")), *Alike.choices],
            )  # fmt: skip

    @property
    def answers(self):
        """{id: answer}."""
        said = ((row.pk, self.cleaned_data.get(f"row_{row.pk}")) for row in self.rows)
        return {pk: answer for pk, answer in said if answer}


class BatchLoadForm(VersionedForm):
    """The last question before records are made."""

    leave_alike = forms.TypedChoiceField(
        label=_("Rows that may tell of somebody who is here, and that nobody has answered"),
        coerce=lambda said: said == "yes", widget=forms.RadioSelect, initial="yes",
        choices=[("yes", _("Leave them out")), ("no", _("Bring them in as well"))],
    )  # fmt: skip

    def __init__(self, *args, open_alike, **kwargs):
        super().__init__(*args, **kwargs)
        if not open_alike:
            del self.fields["leave_alike"]


class BatchUndoForm(VersionedForm):
    """The last question before records are deleted."""

    sure = forms.BooleanField(label=_("Yes, delete all that this file made"))
    keep_touched = forms.BooleanField(
        label=_("Keep what somebody has built on since, and take back the rest"), required=False,
        help_text=_("Otherwise nothing is taken back once a record was changed, or something hangs from it"),
    )  # fmt: skip
