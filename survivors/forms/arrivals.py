from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from survivors.states import FamilyPart, UnregisteredWhy


class ArrivalExcuseForm(forms.Form):
    """Why so many of a group will have no record of their own."""

    number = forms.IntegerField(label=_("How many people"), min_value=1, max_value=2000)
    why = forms.ChoiceField(label=_("Why not"), choices=UnregisteredWhy, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("In a few words"), required=False, max_length=300, help_text=_("Never a real name")
    )


class FamilyJoinForm(VersionedForm):
    """To which family somebody belongs, and what she is in it."""

    family_id = forms.ChoiceField(label=_("Family"), required=False)
    label = forms.CharField(
        label=_("What to call a new family"), required=False, max_length=200,
        help_text=_("Only for a new one; never a real name"),
    )  # fmt: skip
    part = forms.ChoiceField(
        label=_("In the family"), required=False, choices=[("", _("Not known")), *FamilyPart.choices]
    )

    def __init__(self, *args, families, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(str(family.pk), words_of(family)) for family in families]
        self.fields["family_id"].choices = [("", _("No family of this case, or a new one")), *known]

    def clean(self):
        told = super().clean()
        if told.get("family_id") and told.get("label"):
            self.add_error("label", now_("Choose a family of the list, or name a new one; not both."))
        told["family_id"] = told.get("family_id") or None
        return told


def words_of(family):
    """What a family is called and who is in it."""
    people = ", ".join(person.called for person in family.members.all())
    return f"{family.label}: {people}" if people else family.label


class FamilyEditForm(VersionedForm):
    label = forms.CharField(
        label=_("What to call the family"), max_length=200, help_text=_("Never a real name")
    )
    keep_together = forms.BooleanField(
        label=_("The family stays together"), required=False,
        help_text=_("Homes are looked for that take all of them"),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 3}))
