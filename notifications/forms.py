"""Questions that the pages of alerts ask."""

from django import forms
from django.utils.translation import gettext as _

from notifications.actions.telling import Answer
from notifications.states import HowTold, WasTold
from survivors.models import Survivor


class AlertTellForm(forms.Form):
    """One row for each survivor; a row that is left alone says nothing yet."""

    def __init__(self, data=None, *, survivors, said):
        super().__init__(data)
        self.survivors: list[Survivor] = list(survivors)
        for survivor in self.survivors:
            before = said.get(survivor.pk)
            self.fields[f"told_{survivor.pk}"] = forms.ChoiceField(
                label=_("%(who)s: told?") % {"who": survivor.called},
                choices=[("", _("Not yet")), *WasTold.choices],
                required=False,
                initial=before.told if before else "",
            )
            self.fields[f"way_{survivor.pk}"] = forms.ChoiceField(
                label=_("How"),
                choices=[("", "–"), *HowTold.choices],
                required=False,
                initial=before.way if before else "",
            )
            self.fields[f"reason_{survivor.pk}"] = forms.CharField(
                label=_("If not: why?"),
                max_length=300,
                required=False,
                initial=before.reason if before else "",
            )

    def clean(self):
        """As the action takes it: only those of whom something is said."""
        data = super().clean() or {}
        return {
            "answers": {
                who.pk: Answer(told, data.get(f"way_{who.pk}", ""), data.get(f"reason_{who.pk}", ""))
                for who in self.survivors
                if (told := data.get(f"told_{who.pk}"))
            }
        }
