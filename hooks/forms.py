from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Reach, roles_reaching
from hooks.states import TELLABLE

SEEING = roles_reaching(Reach.ASSIGNED, Reach.OFFICE, Reach.EVERYWHERE)


def owners():
    """People who see cases: through the eyes of one of them a webhook looks."""
    working = Q(memberships__ended_at=None, memberships__role__in=SEEING)
    return User.objects.filter(working, is_active=True, principal="").distinct().order_by("name", "pk")


class HookAddForm(forms.Form):
    label = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("The program that is told, in a few words")
    )
    owner = forms.ModelChoiceField(
        label=_("Whose eyes?"), queryset=None, empty_label=_("Choose a person"),
        help_text=_("Only what this person may see at that moment is told. Make an account for a program."),
    )  # fmt: skip
    url = forms.CharField(
        label=_("Address"), max_length=500, widget=forms.URLInput,
        help_text=_("https only, on a host that this installation lists (OUTGOING_HOSTS)"),
    )  # fmt: skip
    verbs = forms.MultipleChoiceField(
        label=_("What is told?"), choices=[], widget=forms.CheckboxSelectMultiple,
        help_text=_("Only ids, what was done and when. The program reads the record through the API."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners()
        self.fields["verbs"].choices = [(f"{noun}.*", words) for noun, (words, _deeds) in TELLABLE.items()]
