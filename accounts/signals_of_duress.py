"""Who hears that somebody was forced to sign in, and how."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Membership, Signal, User
from accounts.roles import Role

LEADS = (Role.SAFEGUARDING_LEAD, Role.OFFICE_DIRECTOR)
AGAIN_AFTER = timedelta(minutes=15)
CALLS = 8


def leads_of(person):
    """The safeguarding leads and directors of her offices; of every office, where hers have none."""
    offices = [office_id for office_id, _role in person.live_memberships if office_id]
    leads = Membership.objects.filter(role__in=LEADS, ended_at=None, user__is_active=True)
    leads = leads.exclude(user=person)
    near = leads.filter(office_id__in=offices)
    chosen = near if near.exists() else leads
    return User.objects.filter(pk__in=chosen.values("user_id")).order_by("pk")


def signals_for(user):
    """The signals that this lead was called for."""
    leads = any(role in LEADS for _office, role in user.live_memberships)
    if user.under_duress or not leads:
        return Signal.objects.none()
    return Signal.objects.filter(called__contains=[user.pk]).exclude(user=user)


def call_the_leads():
    """Mail the leads of whoever gave a signal, and again until one of them has reached the person."""
    now = timezone.now()
    due = Signal.objects.filter(answered_at=None, calls__lt=CALLS)
    due = due.filter(Q(called_at=None) | Q(called_at__lte=now - AGAIN_AFTER))
    with transaction.atomic():
        for signal in due.select_for_update(skip_locked=True, of=["self"]).select_related("user"):
            leads = list(leads_of(signal.user))
            signal.called_at, signal.calls = now, signal.calls + 1
            signal.called = sorted({*signal.called, *(lead.pk for lead in leads)})
            signal.save(update_fields=["called_at", "calls", "called"])
            for lead in leads:
                transaction.on_commit(lambda lead=lead: mail_lead(lead))


def mail_lead(lead):
    """That something is to be seen; not what, nor about whom."""
    link = settings.SITE_URL + reverse("accounts:signal-list")
    with translation.override(lead.language):
        text = _("A colleague may need help now. Look here, from a safe place: %(link)s") % {"link": link}
        send_mail(_("Urgent: safety of a colleague"), text, None, [lead.email])
