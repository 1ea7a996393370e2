from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import CodesFormField, VersionedForm
from survivors.models import Survivor


class StoryWriteForm(VersionedForm):
    """A text for others, and of whom it tells."""

    mark_optional = False
    title = forms.CharField(label=_("Title"), max_length=200)
    receiver = forms.CharField(
        label=_("For whom"),
        max_length=200,
        help_text=_("A report, a page, an event; consents are asked for it"),
    )
    people = CodesFormField((), label=_("Of whom it tells"))
    text = forms.CharField(
        label=_("Text"), max_length=20000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Chosen names, a region, a month; nothing that leads to the person."),
    )  # fmt: skip

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        people = Survivor.objects.filter(case=case).order_by("key")
        self.fields["people"].choices = [(str(one.pk), f"{one.code} · {one.called}") for one in people]


class StorySendForm(forms.Form):
    """What the check found and may stand all the same, by the word."""

    looked_at = forms.MultipleChoiceField(
        label=_("These words lead to nobody"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, findings, **kwargs):
        super().__init__(*args, **kwargs)
        words = sorted({word for one in findings if one.may_stand for word in one.words})
        self.fields["looked_at"].choices = [(word, word) for word in words]
        if not words:
            del self.fields["looked_at"]


class StoryRecallForm(forms.Form):
    why = forms.CharField(label=_("Why is it called back?"), max_length=300)
