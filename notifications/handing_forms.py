"""What is asked when an alert is given to somebody, closed by a person, and when one chooses one's hours."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.answering import CodesFormField
from notifications.states import Ended, Kind
from reference.form_renderer import ChoiceCards

ENDED_HINTS = {
    Ended.DONE: _("It was done, and the record does not show it"),
    Ended.NOT_NEEDED: _("Somebody with the right to decide has decided so"),
    Ended.MISTAKE: _("The fact behind it is wrong: put the record right as well"),
}


class AlertHandOverForm(forms.Form):
    """To whom it is given."""

    to = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Give it to"),
        help_text=_("Only people who may see the case stand here. Type the first letters of the name."),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people


class AlertDismissForm(forms.Form):
    """What the person answers for who closes it."""

    ended = forms.ChoiceField(label=_("Why can it be closed?"), widget=ChoiceCards(hints=ENDED_HINTS))
    why = forms.CharField(
        label=_("In a sentence"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays with the alert, under your name."),
    )

    def __init__(self, *args, ways, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ended"].choices = [(way.value, way.label) for way in ways]
        if len(ways) == 1:
            self.fields["ended"].initial = ways[0].value


class ChoiceSetForm(forms.Form):
    """When and how one is told of what is not urgent."""

    quiet_from = forms.TimeField(label=_("Quiet from"), required=False)
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False)
    digest = forms.BooleanField(label=_("Send me the list of the day every morning"), required=False)
    digest_at = forms.TimeField(label=_("In the morning at"))
    confirm_by = CodesFormField(
        Kind, label=_("What wants a yes comes by"), help_text=_("By mail when nothing is chosen.")
    )
    normal_by = CodesFormField(
        Kind, label=_("What is only to be read comes by"), help_text=_("By mail when nothing is chosen.")
    )

    def __init__(self, *args, open_to, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("confirm_by", "normal_by"):
            self.fields[name].choices = [(kind.value, kind.label) for kind in open_to]
