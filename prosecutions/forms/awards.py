"""Money for survivors: ordered, changed, paid, and the way to get it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from prosecutions.forms.pieces import PeopleField, amount, currency, note, when, words
from prosecutions.models import Accused
from prosecutions.sentencing import PaymentKind, WayOfEnforcing
from reference.form_renderer import ChoiceCards
from survivors.models import Survivor

OWN = "own_"


class WithOwnAmounts:
    """An amount of her own for each survivor, where they differ."""

    def add_amounts(self, survivors, initial=None):
        for survivor in survivors:
            field = amount(f"{survivor.code} · {survivor.called}")
            field.initial = (initial or {}).get(survivor.pk)
            self.fields[f"{OWN}{survivor.pk}"] = field
        self.survivor_keys = {f"{OWN}{survivor.pk}": survivor.pk for survivor in survivors}

    def own_fields(self):
        """For the page: the amounts, one for each survivor."""
        return [self[name] for name in self.survivor_keys]

    @property
    def with_own(self):
        """Is one of them filled in, so that they stand open?"""
        return any(self[name].value() not in ("", None) for name in self.survivor_keys)

    def clean(self):
        facts = super().clean()
        facts = self.cleaned_data if facts is None else facts
        sums = {pk: facts.pop(name, None) for name, pk in self.survivor_keys.items()}
        facts["own"] = {pk: one for pk, one in sums.items() if one is not None}
        return facts


class AwardOrderForm(WithOwnAmounts, forms.Form):
    survivors = PeopleField(label=_("For"), queryset=None)
    against = PeopleField(label=_("Who must pay"), queryset=None, required=False)
    ordered_on = when(_("Ordered on"))
    authority = words(_("Court or authority"))
    each = amount(_("For each survivor"))
    total = amount(_("In all"))
    currency = currency()
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        survivors = Survivor.objects.filter(case=case).order_by("key")
        self.fields["survivors"].queryset = survivors
        self.fields["against"].queryset = Accused.objects.filter(case=case).order_by("key")
        self.fields["currency"].initial = case.office.currency
        self.add_amounts(survivors)

    def clean_against(self):
        return [person.key for person in self.cleaned_data["against"]]


class AwardChangeForm(WithOwnAmounts, VersionedForm):
    each = amount(_("For each survivor"))
    total = amount(_("In all"))
    currency = currency()
    set_aside_on = when(_("Set aside on"))
    reason = forms.CharField(
        label=_("Why does it change?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The decision of the higher court, or what was written down wrongly"),
    )

    def __init__(self, *args, award, **kwargs):
        super().__init__(*args, **kwargs)
        shares = award.shares.exclude(survivor=None).select_related("survivor").order_by("survivor__key")
        amounts = {share.survivor_id: share.amount_low for share in shares}
        self.add_amounts([share.survivor for share in shares], amounts)
        self.fields["currency"].initial = award.total_currency or award.each_currency


def initial_of_award(award):
    """The award as it stands; a sum of amounts of their own is worked out anew."""
    own = award.shares.exclude(amount_low=None).exists()
    return {
        "version": award.version, "set_aside_on": award.set_aside_on, "each": award.each_low,
        "total": None if own else award.total_low,
    }  # fmt: skip


class AwardEnforceForm(forms.Form):
    kind = forms.ChoiceField(label=_("What was done?"), choices=WayOfEnforcing)
    on = when(_("Date"), required=True)
    next_on = forms.DateField(
        label=_("Look again on"), required=False, help_text=_("You are reminded if nothing has come by then")
    )
    note = words(_("Note"), 300)


class AwardFilterForm(forms.Form):
    """Which awards: by office and currency, and what has become of them."""

    mark_optional = False
    STATES = {
        "": _("Something is still due"),
        "waiting": _("Money lies with the court"),
        "step": _("No step so far"),
        "all": _("All awards"),
    }

    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES.items())
    office = forms.ChoiceField(label=_("Office"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, offices, currencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [("", _("All")), *offices]
        self.fields["currency"].choices = [("", _("All")), *((code, code) for code in currencies)]

    def criteria(self):
        """What was asked for and can be read; nonsense asks for nothing."""
        self.is_valid()
        return {"state": "", "office": "", "currency": "", "case": None} | self.cleaned_data


class PaymentRecordForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Where did it go?"),
        choices=PaymentKind,
        initial=PaymentKind.RECEIVED,
        required=False,
        widget=ChoiceCards(
            hints={
                PaymentKind.RECEIVED: _("She has it: only this lessens what is due"),
                PaymentKind.DEPOSITED: _("The court keeps it for her"),
            }
        ),
    )
    amount = amount(_("Amount"), required=True)
    currency = currency()
    on = when(_("Date"))
    survivor = forms.ModelChoiceField(
        label=_("To"), queryset=None, required=False, empty_label=_("All of them")
    )
    note = note()

    def __init__(self, *args, award, **kwargs):
        super().__init__(*args, **kwargs)
        shares = award.shares.exclude(survivor=None).values("survivor")
        field = self.fields["survivor"]
        field.queryset = Survivor.objects.filter(pk__in=shares).order_by("key")
        field.label_from_instance = lambda row: f"{row.key} · {row.called}"
        self.fields["currency"].initial = award.each_currency or award.total_currency

    def clean_kind(self):
        return self.cleaned_data["kind"] or PaymentKind.RECEIVED


class PaymentCorrectForm(VersionedForm):
    amount = amount(_("Amount"), required=True)
    reason = forms.CharField(
        label=_("What was wrong with it?"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
