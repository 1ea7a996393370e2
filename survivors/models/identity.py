from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from reference.fields import CodeField
from reference.sealed_fields import EncryptedJSON, EncryptedText
from survivors.models.people import Survivor
from survivors.querysets import IdentityQuerySet, IdentityWordQuerySet
from survivors.states import IdentityWordKind

# Whoever does not hold the verb finds no row here, also by raw SQL with the application's credentials.
MAY_OPEN_IDENTITY = "'identity.open' = ANY((SELECT my_verbs())::text[])"


class Identity(CaseBearing):
    """Who a survivor is by law, and how to reach her. Sealed; each opening is written down.

    Her date of birth and her home are sealed on the survivor herself, because figures need the first.
    """

    row_rule = MAY_OPEN_IDENTITY

    case = of_case("identities")
    survivor = models.OneToOneField(Survivor, models.PROTECT, related_name="identity", editable=False)
    own_name = EncryptedText(_("full name in her own script"))
    latin_name = EncryptedText(_("full name in Latin letters"))
    known_as = EncryptedText(_("other names"))
    numbers = EncryptedJSON(_("identity numbers"))
    phones = EncryptedText(_("phone numbers"))
    address = EncryptedText(_("address"))
    safe_contact = EncryptedText(_("how to reach her safely"))
    family_contact = EncryptedText(_("family contact"))

    objects = ScopedManager.from_queryset(IdentityQuerySet)()

    class Privacy:
        identifying = {
            "own_name", "latin_name", "known_as", "numbers", "phones", "address", "safe_contact",
            "family_contact",
        }  # fmt: skip
        neutral = {"survivor"}


class IdentityWord(CaseBearing):
    """The blind index: a token of one word of a name, one phone number or one identity number.

    Rows are used again when the identity changes, because case data is never deleted; a spare one is empty.
    """

    row_rule = MAY_OPEN_IDENTITY

    case = of_case("identity_words")
    identity = models.ForeignKey(Identity, models.PROTECT, related_name="words", editable=False)
    kind = CodeField(choices=IdentityWordKind)
    token = models.BinaryField(max_length=16, null=True, blank=True)

    objects = ScopedManager.from_queryset(IdentityWordQuerySet)()

    class Meta:
        indexes = [models.Index(name="identity_word_token", fields=["token"])]

    class Privacy:
        sensitive = {"token"}
        neutral = {"identity", "kind"}
