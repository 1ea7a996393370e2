"""What is asked of a charge: the day first, for the law in force on it is offered."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from cases.answering import VersionedForm
from cases.clock import today_in
from law.matching import offences_of, on_day
from prosecutions.forms.pieces import ProceedingField, note, one_of, when, words, yes_or_no
from prosecutions.forms.suggestions import Suggested
from prosecutions.models import Proceeding
from prosecutions.states import Charging, PleaKind
from reference.templatetags.show import edtf
from reference.values import PartialDate


class ChargeAddForm(forms.Form):
    committed_on = when(_("When was it committed?"))
    offence = words(_("Offence"), 300, widget=Suggested())
    statute = words(_("Law"), 300)
    section = words(_("Section"), 80, widget=forms.TextInput({"class": "w-short"}))
    country = forms.RegexField(
        r"^[A-Z]{2}$",
        label=_("Country of the law"),
        required=False,
        widget=forms.TextInput({"class": "w-short"}),
        error_messages={"invalid": _("Write the country as two letters, like PH.")},
    )
    attempted = yes_or_no(_("Only an attempt?"))
    status = one_of(_("State"), Charging.choices)
    filed_on = when(_("Filed on"))
    plea = one_of(_("Plea"), PleaKind.choices)
    plea_on = when(_("Pleaded on"))
    plea_bargain = yes_or_no(_("Agreed with the prosecution?"))
    proceeding = ProceedingField(
        label=_("Proceeding"), queryset=None, required=False, empty_label=_("Not known")
    )
    note = note()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proceeding"].queryset = Proceeding.objects.filter(case=case).order_by("key")
        self.fields["committed_on"].help_text = _(
            "2017, 2017-03 or 2017-03-10; add ~ for about. The law of that day is offered below."
        )
        self.fields["offence"].help_text = _(
            "Type a section or a word and choose; law and section fill themselves. Or write it as charged."
        )
        self.fields["status"].help_text = _(
            "Filed: the charge is before the court. Clocks of the law stop on the date below."
        )
        day = partial(self["committed_on"].value())
        self.fields["offence"].widget.offers = offers(
            self["country"].value(), day, today_in(case.office, timezone.now())
        )

    def follow_day(self, address):
        """With script, another day brings the law of that day."""
        for name in ("committed_on", "country"):
            self.fields[name].widget.attrs |= {
                "hx-get": address,
                "hx-include": "[name=committed_on], [name=country]",
                "hx-target": "#id_offence_offers",
                "hx-swap": "outerHTML",
                "hx-trigger": "change",
            }


class ChargeEditForm(ChargeAddForm, VersionedForm):
    """The charge as it stands."""


def partial(value):
    """The day that somebody is typing, as far as it can be read."""
    try:
        return PartialDate(value) if value else ""
    except ValueError:
        return ""


def offers(country, day, today):
    """The offences of the law of that day, with what they may cost; of every law we know without a day."""
    rows = on_day(offences_of((country or "")[:2].upper()), day)
    return [(row.called, beside(row, today if not day else None)) for row in rows]


def beside(offence, today):
    """Penalty and bail of an offence, and until when it was law if nobody said a day."""
    parts = [offence.penalty, offence.get_bailable_display()]
    if today and offence.valid_to and offence.valid_to < today:
        parts.append(now_("law until %(day)s") % {"day": edtf(offence.valid_to)})
    return " · ".join(str(part) for part in parts if part)
