from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from aftercare.models.care import Care
from aftercare.querysets import TherapyNoteQuerySet
from aftercare.states import SessionKind
from cases.models import CaseBearing, of_case
from reference.fields import CodeField, PartialDateField
from reference.sealed_fields import EncryptedText


class TherapyNote(CaseBearing):
    """What was said in therapy. Nobody on the case reads it but those who work in therapy."""

    case = of_case("therapy_notes")
    care = models.ForeignKey(Care, models.PROTECT, related_name="therapy_notes", editable=False)
    on = PartialDateField(_("day of the session"))
    kind = CodeField(_("kind of session"), choices=SessionKind)
    text = EncryptedText(_("note"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager.from_queryset(TherapyNoteQuerySet)()
    row_rule = "'therapy.view' = ANY((SELECT my_verbs())::text[])"

    class Privacy:
        sensitive = {"text"}
        neutral = {"care", "on", "kind", "by"}

    def get_absolute_url(self):
        return reverse("aftercare:therapy-detail", args=[self.pk])
