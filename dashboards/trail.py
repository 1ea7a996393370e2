"""What people did, for those who watch over it: verbs and moments, nothing out of a case."""

from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.models import Event
from cases.trail import WORDS

MORE_WORDS = {
    "month.count": _("froze the figures of a month"),
    "month.sign": _("signed the figures of a month"),
    "study.add": _("added a study"),
    "study.edit": _("wrote a new edition of a study"),
    "access.deny": _("was refused a page"),
    "rule.tune": _("tightened an alert rule for an office"),
    "rule.untune": _("let an office follow an alert rule of the house again"),
    "access.review": _("reviewed unusual access"),
    "instrument.load": _("loaded an instrument of assessments"),
    "instrument.use": _("chose the instrument of assessments"),
    "law.add": _("wrote a row of law"),
    "law.edit": _("changed a row of law"),
    "court.add": _("added a court"),
    "court.edit": _("changed a court"),
    "travel.set": _("set the travel time between two courts"),
    "retention.set": _("set for how long an office keeps closed cases"),
    "audit.erase": _("erased details of the trail, as the law asks"),
    "signin.fail": _("failed to sign in"),
    "search.use": _("searched"),
    "person.invite": _("invited a person"),
    "person.edit": _("changed a person's account"),
    "person.end": _("ended a person's access"),
    "person.renew": _("let a person start anew"),
    "person.duress": _("signed in under duress"),
    "invitation.send": _("sent an invitation"),
    "invitation.revoke": _("took an invitation back"),
    "invitation.accept": _("accepted an invitation"),
    "signin.start": _("signed in"),
    "signin.end": _("ended sign-ins"),
    "signal.answer": _("reached a colleague who gave a signal"),
    "membership.start": _("gave a person a role"),
    "membership.end": _("took a role from a person"),
    "duty.set": _("set the duty officer"),
    "office.add": _("added an office"),
    "office.edit": _("changed an office"),
    "choice.set": _("chose when and how to be told of what is not urgent"),
    "delivery.retry": _("had failed messages tried again"),
    "brake.pull": _("held a flood of alerts back"),
    "brake.decide": _("decided about a flood of alerts"),
    "endpoint.disable": _("gave up a place where a person is reached, which refuses messages"),
    "sending.release": _("let mail go out again after a restore"),
    "hook.add": _("made a webhook"),
    "hook.pause": _("paused a webhook"),
    "hook.resume": _("let a webhook go on"),
    "hook.rotate": _("gave a webhook a new secret"),
    "hook.open": _("read the secret of a webhook"),
    "hook.end": _("ended a webhook"),
    "hook.resend": _("had messages of a webhook sent again"),
    "hook.stop": _("switched off a webhook that failed"),
    "token.issue": _("gave a program a token"),
    "token.revoke": _("took a token back from a program"),
    "channel.add": _("added a channel for alerts"),
    "channel.code": _("had a code sent to a channel for alerts"),
    "channel.miss": _("typed a wrong code for a channel for alerts"),
    "channel.confirm": _("confirmed a channel for alerts"),
    "channel.rename": _("named a channel for alerts"),
    "channel.remove": _("removed a channel for alerts"),
    "channel.try": _("tried a channel for alerts"),
    "channel.stop": _("wrote STOP to a channel for alerts"),
    "feed.add": _("made an address for a calendar"),
    "feed.renew": _("renewed the address of a calendar"),
    "feed.revoke": _("took the address of a calendar back"),
    "feed.fetch": _("read hearings with a calendar program"),
}


def words_of(event):
    """The act in words; its bare verb when nobody has found words for it."""
    return WORDS.get(event.verb) or MORE_WORDS.get(event.verb) or event.verb


def person_asked_for(text):
    """The person named in the address, or None."""
    try:
        return User.objects.filter(pk=UUID(text or "")).first()
    except ValueError:
        return None


def acts(person=None):
    """Acts of one person or of everybody, newest first."""
    if person is not None:
        return Event.objects.live().by_person(person.pk)
    return Event.objects.live().order_by("-id")


def code_of(case_id):
    """A short code by which acts on one case can be told from those on another, and no more."""
    return f"C-{salted_hmac('code of a case', str(case_id)).hexdigest()[:6].upper()}" if case_id else ""


def told(events):
    """Rows of (event, who, what, code of the case), with one query for the names."""
    events = list(events)
    names = User.objects.in_bulk({event.actor_id for event in events})
    return [(event, names.get(event.actor_id), words_of(event), code_of(event.case_id)) for event in events]
