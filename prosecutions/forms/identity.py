import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from prosecutions.forms.pieces import note, one_of, when, words
from prosecutions.identity_states import RingRole, Sameness
from prosecutions.models import Accused


class IdentityAnswerForm(forms.Form):
    """Is one of those proposed the same human being?"""

    other = forms.ChoiceField(
        label=_("Who"), error_messages={"invalid_choice": _("This person is not proposed any more.")}
    )
    answer = forms.ChoiceField(label=_("Answer"), choices=Sameness)
    why = words(_("Why"), 300)

    def __init__(self, *args, proposals, **kwargs):
        super().__init__(*args, **kwargs)
        self.scores = {str(one.other.pk): one.score for one in proposals}
        self.fields["other"].choices = [(str(one.other.pk), one.other.called) for one in proposals]

    def clean(self):
        facts = super().clean()
        if "other" in facts:
            facts["score"] = self.scores[facts["other"]]
            facts["other"] = uuid.UUID(facts["other"])
        return facts


class LinkUndoForm(forms.Form):
    why = forms.CharField(label=_("Why are they two people?"), max_length=300)


class MatchAnswerForm(VersionedForm):
    """Our answer, after we have spoken to the other office."""

    answer = forms.ChoiceField(
        label=_("Is it the same person?"),
        choices=[
            ("same", _("Yes, the same person")),
            ("different", _("No, somebody else")),
        ],
        widget=forms.RadioSelect,
    )


class RingForm(forms.Form):
    """What a member does in the ring, and from when until when."""

    role = one_of(_("Part in the ring"), RingRole.choices)
    since = when(_("Since"))
    until = when(_("Until"))
    note = note()


class RingAddForm(RingForm):
    accused = forms.ModelChoiceField(label=_("Who"), queryset=None, empty_label=_("Choose"))
    field_order = ("accused", "role", "since", "until", "note")

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["accused"].queryset = Accused.objects.filter(case=case).order_by("key")
        self.fields["accused"].label_from_instance = lambda row: f"{row.code} · {row.called}"


class RingEditForm(RingForm, VersionedForm):
    """The part as known now."""
