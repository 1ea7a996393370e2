"""Acts that are sent twice are done once: the header `Idempotency-Key` of a POST."""

import hashlib
import json

from django.utils.translation import gettext as _
from rest_framework import exceptions, status

from api.models import SentOnce

HEADER, LONGEST = "Idempotency-Key", 80


class KeyTaken(exceptions.APIException):
    """The key stands for another act."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


class SendsOnce:
    """Keeps the key of an act that was done; the same sending again shows the record as it is now."""

    sending = None

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        key = request.headers.get(HEADER, "")
        if request.method != "POST" or not key:
            return
        if len(key) > LONGEST or not key.isprintable():
            sentence = _("The key of a sending has at most %(number)s characters.") % {"number": LONGEST}
            raise exceptions.ValidationError({HEADER: [sentence]})
        self.sending = self.claim(key, digest_of(request))
        if self.sending.record_id:
            self.post = self.again

    def claim(self, key, digest):
        """The row of this key, held until the transaction ends; what failed before may be sent changed."""
        mine = SentOnce.objects.get_or_create(user=self.request.user, key=key, defaults={"digest": digest})[0]
        row = SentOnce.objects.select_for_update().get(pk=mine.pk)
        if row.record_id and row.digest != digest:
            raise KeyTaken({HEADER: [_("This key was sent with something else before.")]})
        row.digest = digest
        return row

    def again(self, request, *args, **kwargs):
        """What the first sending made, as it is now."""
        return self.shown(self.get_queryset().filter(pk=self.sending.record_id).first() or self.gone())

    @staticmethod
    def gone():
        raise exceptions.NotFound

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        made = response.data.get("id") if isinstance(response.data, dict) else None
        if self.sending and not self.sending.record_id and response.status_code in (200, 201) and made:
            self.sending.record_id = made
            self.sending.save(update_fields=["digest", "record_id"])
        return response


def digest_of(request):
    """What was asked for, to whom and with which body; only this is kept."""
    body = json.dumps(request.data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{request.method} {request.path}\n{body}".encode()).hexdigest()
