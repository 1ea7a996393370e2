"""What is asked about who a survivor is. Typed values go back to this page alone, and nowhere else."""

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from reference.form_fields import EdtfField
from survivors.states import IdentityNumberKind

NUMBERS = range(1, 5)
QUIET = {"autocomplete": "off", "spellcheck": "false"}


def quiet(**attrs):
    """One line that no browser completes or checks."""
    return forms.TextInput(attrs={**QUIET, **attrs})


def lines(rows):
    return forms.Textarea(attrs={**QUIET, "rows": rows})


class IdentitySearchForm(forms.Form):
    """Words of a name, a phone number, or the number of a paper: exact words, no parts of them."""

    q = forms.CharField(
        label=_("Legal name, phone number or identity number"), max_length=200, min_length=2,
        widget=quiet(type="search"),
        help_text=_("Whole words, in any order; accents and capitals do not matter"),
    )  # fmt: skip


class IdentityEditForm(VersionedForm):
    """Who she is by law and how to reach her."""

    own_name = forms.CharField(
        label=_("Full name in her own script"), required=False, max_length=300, widget=quiet()
    )
    latin_name = forms.CharField(
        label=_("Full name in Latin letters"), required=False, max_length=300, widget=quiet()
    )
    known_as = forms.CharField(
        label=_("Other names"), required=False, max_length=1000, widget=lines(2),
        help_text=_("One on each line: earlier names, nicknames, other spellings"),
    )  # fmt: skip
    born = EdtfField(
        label=_("Date of birth"), required=False,
        help_text=_("2017, 2017-03 or 2017-03-10; add ~ for about"),
    )  # fmt: skip
    home_town = forms.CharField(
        label=_("Home town or village"), required=False, max_length=300, widget=quiet()
    )
    phones = forms.CharField(
        label=_("Phone numbers"), required=False, max_length=500, widget=lines(2),
        help_text=_("One on each line"),
    )  # fmt: skip
    address = forms.CharField(label=_("Address"), required=False, max_length=1000, widget=lines(3))
    safe_contact = forms.CharField(
        label=_("How to reach her safely"), required=False, max_length=1000, widget=lines(3),
        help_text=_("When to call, what to say if somebody else answers, what never to send"),
    )  # fmt: skip
    family_contact = forms.CharField(
        label=_("Family contact"), required=False, max_length=1000, widget=lines(3)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for n in NUMBERS:
            self.fields[f"kind{n}"] = forms.ChoiceField(
                label=_("Paper"), required=False, choices=[("", "–"), *IdentityNumberKind.choices]
            )
            self.fields[f"number{n}"] = forms.CharField(
                label=_("Number"), required=False, max_length=60, widget=quiet()
            )

    @property
    def papers(self):
        """The pairs of fields of the grid, for the page."""
        return [(self[f"kind{n}"], self[f"number{n}"]) for n in NUMBERS]

    def clean(self):
        answers = super().clean()
        for n in NUMBERS:
            if answers.get(f"kind{n}") and not answers.get(f"number{n}"):
                self.add_error(f"number{n}", now_("Give the number of this paper, or choose none."))
        return answers

    def facts(self):
        """The answers in the shape in which the action takes them."""
        answers = dict(self.cleaned_data)
        pairs = [(answers.pop(f"kind{n}"), answers.pop(f"number{n}")) for n in NUMBERS]
        numbers = [{"kind": kind or "other", "number": number} for kind, number in pairs if number]
        return {**answers, "numbers": numbers}
