from datetime import datetime

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from cases.states import IllegalMove
from documents.actions import check_name, check_size
from documents.inspection.kinds import KINDS
from documents.states import StepKind


class FileForm(forms.Form):
    """One file: its size and its name are judged at once, its contents by the action."""

    file = forms.FileField(label=_("File"), max_length=255)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        most = settings.DOCUMENT_MAX_BYTES // (1024 * 1024)
        hint = now_("Up to %(most)s MB: PDF, pictures, Office documents, text, sound, film or ZIP")
        self.fields["file"].help_text = hint % {"most": most}
        self.fields["file"].widget.attrs["accept"] = ",".join(KINDS)

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size)
            check_name(file.name)
        except IllegalMove as why:
            raise forms.ValidationError(str(why)) from why
        return file


class MomentForm(forms.Form):
    """A day and a time become one moment, on the clock of the case's office; left out, it is now."""

    happened_on = forms.DateField(label=_("When"), help_text=_("Left empty: now"), required=False)
    happened_time = forms.TimeField(label=_("Time"), required=False)

    def clean(self):
        answers = super().clean()
        day, time = answers.pop("happened_on", None), answers.pop("happened_time", None)
        now = timezone.localtime()
        if not day:
            answers["happened_at"] = now
            return answers
        clock = time or (now.time() if day == now.date() else datetime.min.time())
        answers["happened_at"] = timezone.make_aware(datetime.combine(day, clock))
        return answers


class DocumentAddForm(FileForm, MomentForm):
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("What it is; no real names of survivors")
    )
    identifying = forms.BooleanField(
        label=_("It shows who a survivor is: a name, a face, an address"),
        help_text=_("Only you and those who may open identities can download it then."),
        required=False,
    )
    evidence = forms.BooleanField(label=_("Keep it as evidence, with a chain of custody"), required=False)
    from_whom = forms.CharField(label=_("Received from"), max_length=200, required=False)
    place = forms.CharField(label=_("Where the original is kept"), max_length=200, required=False)
    seal_number = forms.CharField(label=_("Seal number"), max_length=60, required=False)

    field_order = ("title", "file", "identifying", "evidence", "from_whom", "happened_on", "happened_time")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].label = _("Received on")


class VersionAddForm(FileForm):
    pass


class DocumentRedactForm(FileForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png,.webp,.tif,.tiff"


class EvidenceRecordForm(MomentForm):
    kind = forms.ChoiceField(label=_("What happened"), choices=StepKind, widget=forms.RadioSelect)
    from_whom = forms.CharField(label=_("Received from"), max_length=200, required=False)
    to_whom = forms.CharField(label=_("Handed over to"), max_length=200, required=False)
    place = forms.CharField(label=_("Where it is kept"), max_length=200, required=False)
    seal_number = forms.CharField(label=_("Seal number"), max_length=60, required=False)
    why = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    field_order = ("kind", "happened_on", "happened_time", "from_whom", "to_whom", "place", "seal_number")
