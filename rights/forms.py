from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from reference.form_renderer import ChoiceCards
from rights.states import Decision, RequestKind
from survivors.states import ConsentGiver

WORDS = {"rows": 4}
HINTS = {
    RequestKind.COPY: _("Everything that is hers, in plain words, and who looked at it"),
    RequestKind.CORRECT: _("What is wrong is changed, or her statement stands beside it"),
    RequestKind.ERASE: _("Two people decide; what a court still needs is held"),
    RequestKind.RESTRICT: _("For example: only her social worker opens it"),
    RequestKind.OBJECT: _("For example: no more calls, no story"),
}


class RequestAddForm(forms.Form):
    """What she asks for, in her own words, and who brings it."""

    kind = forms.ChoiceField(
        label=_("What is asked for?"),
        choices=RequestKind.choices,
        widget=ChoiceCards(choices=RequestKind.choices, hints=HINTS),
    )
    asker = forms.ChoiceField(label=_("Who asks?"), choices=ConsentGiver.choices, initial=ConsentGiver.SELF)
    what = forms.CharField(
        label=_("In the person's own words"), required=False, widget=forms.Textarea(attrs=WORDS)
    )
    asked_on = forms.DateField(label=_("Asked on"))


ERASED_LATER = _("Granted: erased when nothing holds the record and two people have agreed")


class RequestAnswerForm(VersionedForm):
    """The answer, in words that can be read to her."""

    granted = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Done as asked")), ("no", _("Refused"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("In words"), widget=forms.Textarea(attrs=WORDS),
        help_text=_("Words that can be read to the person: what was done, or why not and whom she may ask"),
    )  # fmt: skip

    def __init__(self, *args, erasing=False, **kwargs):
        super().__init__(*args, **kwargs)
        if erasing:  # nothing is erased by this answer
            self.fields["granted"].choices = [("yes", ERASED_LATER), ("no", _("Refused"))]


class ConfirmForm(VersionedForm):
    """Nothing to fill in: the press of the button is the answer."""


class CorrectionAddForm(forms.Form):
    """What is wrong, and what is right."""

    what = forms.CharField(label=_("What is it about?"), max_length=200)
    was = forms.CharField(
        label=_("What stands in the record"), required=False, widget=forms.Textarea(attrs=WORDS)
    )
    should_be = forms.CharField(label=_("What should stand there"), widget=forms.Textarea(attrs=WORDS))
    asked_on = forms.DateField(label=_("Said on"))


class CorrectionDecideForm(VersionedForm):
    """It was changed, or it stays and her words stand beside it."""

    made = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("The record has been changed")), ("no", _("It stays; her words stand beside it"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea(attrs=WORDS))


class RuleSetForm(forms.Form):
    """For how long an office keeps closed cases."""

    years = forms.IntegerField(
        label=_("Years after both tracks were closed"), min_value=1, max_value=75,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
    )  # fmt: skip
    child_until_age = forms.IntegerField(
        label=_("Of children at least until this age"), min_value=0, max_value=75,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
        help_text=_("Somebody who was a child may want her record when she is grown up"),
    )  # fmt: skip


class HoldPlaceForm(forms.Form):
    """Why a case must be kept, and until when."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Without names"))
    until = forms.DateField(label=_("Until"))


class ReviewProposeForm(VersionedForm):
    """What becomes of the record, and why."""

    decision = forms.ChoiceField(
        label=_("What becomes of the record?"), choices=Decision.choices, widget=forms.RadioSelect
    )
    keep_until = forms.DateField(label=_("Keep until"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Without names"))


class CopyMakeForm(forms.Form):
    """Which of the closed parts stand in her copy, and in which language its headings are."""

    language = forms.ChoiceField(label=_("Language of the headings"), choices=settings.LANGUAGES)
    identity = forms.BooleanField(
        label=_("With her real name and papers"), required=False,
        help_text=_("Leave it out if the paper may be found by somebody else"),
    )  # fmt: skip

    def __init__(self, *args, language="", **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", language)
