from django import forms
from django.conf import settings
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from cases.states import IllegalMove
from documents.actions import check_size


class DocumentAddForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("What it is; no real names of survivors")
    )
    file = forms.FileField(label=_("File"), max_length=255)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        most = settings.DOCUMENT_MAX_BYTES // (1024 * 1024)
        self.fields["file"].help_text = now_("Up to %(most)s MB") % {"most": most}

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size)
        except IllegalMove as why:
            raise forms.ValidationError(str(why)) from why
        return file
