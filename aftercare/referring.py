"""Sending somebody to somebody else's help: what may be told there, and what was told under which consent."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Can
from accounts.scope import viewer
from aftercare.models import Referral
from aftercare.states import ReferralStatus
from cases.models import Agency
from reference.templatetags.show import edtf
from survivors.consents import Answer, Wallets, words_for
from survivors.from_above import PassedOn
from survivors.states import ConsentPurpose, LeftOut, Shared

RUNNING = (ReferralStatus.ASKED, ReferralStatus.TAKEN)
# A no about sharing is a no, whatever was agreed to about services.
FINAL = (LeftOut.REFUSED, LeftOut.WITHDRAWN, LeftOut.NO_ASSENT)


@dataclass(frozen=True)
class Offer:
    """A receiver to choose, with what her wallet says of it."""

    value: str
    name: str
    answer: Answer

    @property
    def hint(self):
        """What may be told there and what is left out, or why nothing may."""
        if self.answer.reason:
            return _("Nothing may be told: %(why)s") % {"why": words_for(self.answer.reason)}
        return _("May be told: %(told)s") % {"told": labels_of(self.answer.told)}


def labels_of(codes):
    """Codes of what is told, in words."""
    return ", ".join(str(Shared(code).label) for code in codes)


def permission(wallets, survivor, *, to="", receiver="", what=()):
    """What may be told to this receiver: by her word about sharing, else by what she said of services."""
    ask = {"receiver": receiver, "key": to, "what": what}
    sharing = wallets.answer(survivor, purpose=ConsentPurpose.SHARE_WITH_AGENCY, **ask)
    if not sharing.reason or sharing.reason in FINAL:
        return sharing
    services = wallets.answer(survivor, purpose=ConsentPurpose.SERVICES, **ask)
    if not services.reason and services.consent.what:  # a yes to being helped alone passes nothing on
        return services
    return sharing


def receiver_name(case_id, to, receiver):
    """The name of an agency of the case, or the name that was written."""
    if not to:
        return receiver.strip()
    return Agency.objects.filter(case=case_id, key=to).values_list("name", flat=True).first() or ""


def offers_of(survivor, now):
    """Every agency of the case and everybody whom a consent names, each with what may be told there."""
    wallets = Wallets([survivor], now)
    agencies = Agency.objects.filter(case=survivor.case_id).order_by("name", "pk")
    found = [
        Offer(one.key, one.name, permission(wallets, survivor, to=one.key, receiver=one.name))
        for one in agencies
    ]
    named = {row.receiver: row for rows in wallets.given.values() for row in rows if row.receiver}
    for name, row in sorted(named.items()):
        found.append(Offer(str(row.pk), name, permission(wallets, survivor, receiver=name)))
    found.append(Offer("", _("Somebody else"), permission(wallets, survivor)))
    return found


def resting_on(consents):
    """The referrals made under these consents, for those who may know of aftercare."""
    if not consents or not viewer().can(Can.VIEW_AFTERCARE):
        return
    rows = Referral.objects.filter(consent__in=consents).order_by("-created_at", "-pk")
    for row in rows:
        words = (row.get_kind_display(), edtf(row.on), row.get_status_display(), labels_of(row.shared))
        yield PassedOn(
            row.consent_id, " · ".join(str(word) for word in words if word), row.receiver,
            reverse("aftercare:referral-detail", args=[row.pk]), row.status in RUNNING,
        )  # fmt: skip
