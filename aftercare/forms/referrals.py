from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from aftercare.models import Referral
from aftercare.states import REFERRAL_MOVES, ReferralStatus, ServiceKind
from cases.answering import CodesFormField, VersionedForm
from reference.form_fields import EdtfField
from reference.form_renderer import ChoiceCards
from survivors.states import Shared


class ReferralMakeForm(forms.Form):
    """Who is to help with what. Beside each receiver stands what may be told there."""

    mark_optional = False
    to = forms.ChoiceField(label=_("Who is to help"), required=False)
    receiver = forms.CharField(
        label=_("Somebody else, by name"), required=False, max_length=200,
        help_text=_("Only when it is none of those above"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("For which help"), choices=[("", "–"), *ServiceKind.choices])
    note = forms.CharField(
        label=_("What is needed, in words for the receiver"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the sheet. No names and no places."),
    )  # fmt: skip
    leave_out = CodesFormField(Shared, label=_("Leave out as well"))
    on = EdtfField(label=_("Date"), required=False)

    def __init__(self, *args, offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = {offer.value: offer for offer in offers}
        choices = [(offer.value, offer.name) for offer in offers]
        self.fields["to"].widget = ChoiceCards(hints={offer.value: offer.hint for offer in offers})
        self.fields["to"].choices = choices
        told = {code for offer in offers for code in offer.answer.told}
        self.fields["leave_out"].choices = [one for one in Shared.choices if one[0] in told]

    def clean(self):
        """A receiver who is known by name in a consent alone is sent as that name."""
        answers = super().clean()
        offer = self.offers.get(answers.get("to") or "")
        if offer is not None and offer.value:
            if answers.get("receiver"):
                self.add_error("receiver", now_("Choose one above, or write a name; not both."))
            if len(offer.value) > Referral._meta.get_field("to").max_length:
                answers |= {"to": "", "receiver": offer.name}
        return answers


class ReferralMoveForm(VersionedForm):
    status = forms.ChoiceField(label=_("Where it stands"), widget=forms.RadioSelect)
    answered_on = EdtfField(label=_("Answered on"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, status, **kwargs):
        super().__init__(*args, **kwargs)
        moves = REFERRAL_MOVES[ReferralStatus(status)]
        self.fields["status"].choices = [choice for choice in ReferralStatus.choices if choice[0] in moves]
