"""What is asked about a study; where it is vague, the study says so."""

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from figures.models import Study

ASKED = (
    "measure", "place", "country", "population", "method", "began_on", "ended_on", "published_on", "sample",
    "found", "share", "low", "high", "confidence", "estimate", "representative", "source", "made_by", "note",
)  # fmt: skip
HINTS = {
    "measure": _("In one sentence: minors among people offered for sex in public venues"),
    "country": _("Two letters, as IN or PH"),
    "share": _("In per cent, as it was published"),
    "low": _("In per cent; both ends, or neither"),
    "confidence": _("In per cent, as 95; of the interval, if the study says so"),
    "estimate": _("People in all, if the study says how many: 2600000, 1450.. or 128~"),
    "source": _("The report, article or letter, so that somebody else finds it"),
}


class StudyAddForm(forms.Form):
    """A study that is not in the list yet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fields = fields_for_model(
            Study, ASKED, help_texts=HINTS, widgets={"note": forms.Textarea({"rows": 4})}
        )
        self.fields = {**fields, **self.fields}

    def clean_country(self):
        country = self.cleaned_data["country"].strip().upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(now_("Write the two letters of the country."))
        return country

    def clean(self):
        """What the tables would refuse, said beside the field."""
        facts = super().clean()
        low, high, share = facts.get("low"), facts.get("high"), facts.get("share")
        if (low is None) != (high is None):
            self.add_error("high" if high is None else "low", now_("Give both ends, or neither."))
        elif low is not None and not (low <= high and (share is None or low <= share <= high)):
            self.add_error("share", now_("The share must lie between its two ends."))
        for name in ("share", "low", "high", "confidence"):
            if (facts.get(name) or 0) < 0 or (facts.get(name) or 0) > 100:
                self.add_error(name, now_("A share lies between 0 and 100."))
        if facts.get("confidence") is not None and (low is None or facts["confidence"] in (0, 100)):
            self.add_error("confidence", now_("Only an interval has a level of confidence, as 95."))
        if facts.get("found") is not None and (facts.get("sample") or facts["found"]) < facts["found"]:
            self.add_error("found", now_("No more can be found than were in the sample."))
        if not any(facts.get(name) not in (None, "") for name in ("share", "low", "found", "estimate")):
            self.add_error("share", now_("Say what was found: a share, a number or an estimate."))
        return facts


class StudyEditForm(StudyAddForm):
    """A new edition, with the reason."""

    why = forms.CharField(
        label=_("Why this edition?"),
        max_length=500,
        help_text=_("A correction, a later source. The edition before it stays as it was."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def of(study):
        """The answers of an edition, to begin the next one from."""
        return {name: getattr(study, name) for name in ASKED} | {"version": study.edition}
