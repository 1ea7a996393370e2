from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from cases.answering import CodesFormField, FactForm
from cases.keys import keys_of
from cases.models import Agency
from reference.form_fields import EdtfField
from survivors.actions.consents import OURSELVES
from survivors.models import Consent, Kinship
from survivors.states import ConsentPurpose, Shared

ASSENT = (
    ("yes", _("Yes, the child agrees")),
    ("no", _("No")),
    ("young", _("Too young to be asked (under seven)")),
)
# What people usually agree to for a purpose: ticked beforehand, and each can be taken away.
USUAL = {
    ConsentPurpose.SHARE_WITH_AGENCY: (Shared.PSEUDONYM, Shared.AGE, Shared.NEEDS),
    ConsentPurpose.SERVICES: (Shared.PSEUDONYM, Shared.AGE, Shared.NEEDS),
    ConsentPurpose.LEGAL_SUPPORT: (Shared.PSEUDONYM, Shared.AGE, Shared.EXPLOITATION, Shared.COURT),
    ConsentPurpose.PUBLISH_STORY: (Shared.PSEUDONYM, Shared.EXPLOITATION, Shared.WORDS),
    ConsentPurpose.RESEARCH: (Shared.AGE, Shared.EXPLOITATION),
    ConsentPurpose.PHOTOGRAPH: (Shared.PHOTO,),
}


class ConsentAddForm(FactForm):
    """One answer. Everything but the purpose is filled in as it usually is."""

    mark_optional = False
    given = forms.TypedChoiceField(
        label=_("Answer"), choices=[("yes", _("Given")), ("no", _("Refused"))], widget=forms.RadioSelect,
        coerce=lambda text: text == "yes",
    )  # fmt: skip
    to = forms.ChoiceField(label=_("Who may receive it"), required=False)
    what = CodesFormField(Shared, label=_("What may be told"))
    giver_key = forms.ChoiceField(label=_("Which relative on record"), required=False)
    given_by = forms.CharField(
        label=_("In words: who, with which paper"), required=False, max_length=120
    )  # fmt: skip
    assent = forms.TypedChoiceField(
        label=_("Does the child agree too?"), choices=ASSENT, required=False, widget=forms.RadioSelect,
        coerce=lambda text: {"yes": True, "no": False}.get(text), empty_value=None,
        help_text=_("Ask in words of the child's age. A child who says no is not overruled."),
    )  # fmt: skip

    class Meta:
        model = Consent
        fields = [
            "purpose", "given", "to", "receiver", "what", "giver", "giver_key", "given_by", "assent", "how",
            "on", "until", "note",
        ]  # fmt: skip
        labels = {
            "purpose": _("What it is for"), "receiver": _("Or somebody else, by name"),
            "how": _("How it was given"), "on": _("Since"),
        }  # fmt: skip

    def __init__(self, *args, survivor, fitness, writer, **kwargs):
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.filter(case=survivor.case_id).order_by("name", "pk")
        self.fields["to"].choices = [
            ("", now_("Whoever needs it for this purpose")),
            (OURSELVES, now_("We alone")),
            *((one.key, one.name) for one in agencies),
        ]
        kin = self.kin_of(survivor, fitness, writer)
        if kin:
            self.fields["giver_key"].choices = [("", now_("Nobody of these")), *kin]
        else:
            del self.fields["giver_key"]
        if survivor.child is False or (survivor.birth_year and not fitness.is_child(survivor)):
            del self.fields["assent"]

    def kin_of(self, survivor, fitness, writer):
        """Relatives with a record who may answer for her: nobody accused, nobody close to the accused."""
        ties = Kinship.objects.filter(case=survivor.case_id, of=survivor.key).exclude(who="")
        ties = list(ties.order_by("created_at", "pk"))
        words = dict(keys_of(survivor.case, writer)) if ties else {}
        return [
            (tie.who, f"{tie.get_relation_display()} · {words[tie.who]}")
            for tie in ties
            if tie.who in words and not fitness.close_to_accused(survivor.case_id, tie.who)
        ]


class ConsentWithdrawForm(forms.Form):
    withdrawn_on = EdtfField(label=_("Withdrawn on"), required=False, help_text=_("Today if left empty"))
