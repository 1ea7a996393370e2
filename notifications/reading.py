"""Inbox items and alerts as the screens show them, read under the rights of whoever is looking."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from notifications.clock import zone_of
from notifications.explaining import people_of
from notifications.models import InboxItem
from notifications.querysets import BLIND, EMERGENCY
from notifications.rules import WORKING, To, Urgency
from notifications.states import LIVE_ALERT, AlertState
from notifications.subjects import HEARING, Subjects, since
from notifications.words import PAGES, PAGES_OF_NO_CASE, WHY, is_step, words_of

TONES = {Urgency.SAFETY: "danger", Urgency.COURT: "soon", Urgency.CONFIRM: "info"}
MOST = 1000
DIGEST = "D.list"
HANDING = (".handed", ".declined")
URGENT = (Urgency.SAFETY, Urgency.COURT)
CHANNELS = "V."  # about a channel of one's own


@dataclass
class Entry:
    """One line of the inbox: an item, with the other hearings of its day when it is about a hearing."""

    item: InboxItem
    title: str
    todo: str
    icon: str
    why: str
    case: Case | None
    url: str
    urgency: str
    tone: str
    waits: bool
    why_now: str = ""
    about: str = ""
    before: str = ""
    hearings: list[Any] = field(default_factory=list)
    alert_url: str = ""

    @property
    def over(self):
        """Is the alert behind it closed, or replaced?"""
        return self.item.alert is not None and self.item.alert.state not in LIVE_ALERT

    @property
    def unread(self):
        return self.item.read_at is None


def entries_of(items):
    """The items as entries; always the same few queries. What the viewer may not see is not there."""
    cases = {
        case.pk: case
        for case in Case.objects.filter(pk__in={i.case_id for i in items}).select_related("office")
    }
    known = Subjects(
        [item.alert for item in items if item.alert_id and item.title_code not in BLIND],
        {item.hearing_id for item in items if item.hearing_id},
    )
    entries, days = [], {}
    for item in items:
        together = days.get(item.day) if item.day and not item.alert_id else None
        if together is None:
            together = entry_of(item, cases.get(item.case_id), known)
            entries.append(together)
            if item.day and not item.alert_id:
                days[item.day] = together
        together.waits = together.waits or waits(item)
        hearing = known.hearing(hearing_of(item))
        if hearing is not None and hearing not in together.hearings:
            together.hearings.append(hearing)
    for entry in entries:
        entry.hearings.sort(key=lambda hearing: hearing.starts_at)
    return entries


def entry_of(item, case, known):
    title, todo, icon = words_of(item.title_code)
    alert = item.alert if item.alert_id and item.title_code not in BLIND else None
    return Entry(
        item=item, title=title, todo=todo, icon=icon, why=WHY[item.why], case=case, url=page_of_item(item),
        urgency=item.get_urgency_display(), tone=TONES.get(item.urgency, "plain"), waits=waits(item),
        why_now=why_now(item),
        about=known.about(alert) if alert else "",
        before=known.before(alert) if alert else "",
        alert_url=reverse("notifications:alert-detail", args=[item.alert_id]) if alert else "",
    )  # fmt: skip


def hearing_of(item):
    """The hearing the item is about; rows of later steps know it through their alert."""
    if item.hearing_id or not item.alert_id:
        return item.hearing_id
    return item.alert.subject_id if item.alert.subject == HEARING and item.title_code not in BLIND else None


def why_now(item):
    """Why it comes to this person, or comes again, after the first ones were told."""
    if not item.alert_id or item.key.endswith(":step0"):
        return ""
    if item.title_code.endswith(HANDING):
        return handed(item)
    alert, open_still = item.alert, item.alert.state == AlertState.OPEN
    first = alert.facts.get("told") or [WORKING[alert.rule].to[0]]
    facts = {"people": people_of([To(first[0])]), "time": since(alert.opened_at)}
    if not is_step(item.title_code):
        return _("Not yet taken on since %(time)s: you are asked again.") % facts if open_still else ""
    if open_still:
        return _("Not yet taken on by %(people)s since %(time)s.") % facts
    return _("It came to you because %(people)s had not taken it on.") % facts


def handed(item):
    """That somebody offers it, or does not take it."""
    if item.title_code.endswith(".declined"):
        return _("The colleague you gave it to cannot take it: it is still yours.")
    return _("A colleague wants to give it to you. Say whether you take it.") if offered(item) else ""


def offered(item):
    """Is it still being given to this person?"""
    return item.title_code.endswith(".handed") and item.alert.handed_to_id == item.user_id


def waits(item):
    """Does it still want an answer from this person?"""
    if item.alert_id and offered(item):
        return item.acked_at is None
    asks = item.urgency in (Urgency.SAFETY, Urgency.COURT, Urgency.CONFIRM)
    return asks and item.acked_at is None and (item.alert is None or item.alert.state == AlertState.OPEN)


def page_of_item(item):
    """Where the person does what is to do."""
    if item.title_code == EMERGENCY:
        return reverse("cases:emergency-list")
    if item.title_code == DIGEST:
        return reverse("notifications:digest-show")
    if item.title_code.startswith(CHANNELS):
        return reverse("notifications:endpoint-list")
    if item.title_code in BLIND:
        card = item.alert.facts.get("card") if item.alert_id else None
        return reverse("operations:card-detail", args=[card]) if card else ""
    if item.hearing_id:
        return address("prosecutions:hearing-detail", item.hearing_id, item.case_id)
    return page_of_alert(item.alert)


def page_of_alert(alert):
    if alert.case_id is None:
        name = PAGES_OF_NO_CASE.get(alert.rule)
        return reverse(name) if name else ""
    return address(PAGES.get(alert.subject), alert.subject_id, alert.case_id)


def address(name, pk, case_id):
    """The page of the record; the page of its case where the record has none."""
    if case_id is None:
        return ""
    try:
        return reverse(name, args=[pk]) if name else reverse("desk:case-page", args=[case_id])
    except NoReverseMatch:
        return reverse("desk:case-page", args=[case_id])


@dataclass(frozen=True)
class Waiting:
    """How much waits for one person: what she has not read, and what is urgent and nobody has taken on."""

    unread: int
    urgent: int


def waiting_of(user):
    """Both in one look, since every page asks; hearings of one day are one message."""
    nobody = Q(acked_at=None) & (Q(alert=None) | Q(alert__state=AlertState.OPEN))
    items = InboxItem.objects.filter(user=user).standing()
    items = items.filter(Q(read_at=None) | Q(urgency__in=URGENT, acked_at=None)).annotate(free=Q(nobody))
    rows = list(items.values_list("pk", "day", "alert", "read_at", "urgency", "free")[:MOST])
    unread = {day if day and not alert else pk for pk, day, alert, read, _urgency, _free in rows if not read}
    urgent = {alert or pk for pk, _day, alert, _read, urgency, free in rows if urgency in URGENT and free}
    return Waiting(len(unread), len(urgent))


def unread_of(user):
    """How many messages this person has not read."""
    return waiting_of(user).unread


def mark_of(items):
    """The same as long as the list would look the same."""
    facts = [
        (str(i.pk), i.read_at, i.acked_at, i.alert and (i.alert.state, i.alert.version, i.alert.step))
        for i in items
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def alert_words(alert):
    """(what happened, what to do, icon) of an alert as whoever may see the case reads it."""
    if alert.facts.get("applied"):
        return words_of("B1")
    if alert.facts.get("elsewhere"):
        return words_of(f"{'B3' if alert.rule == 'B10' else alert.rule}.elsewhere")
    return words_of(alert.rule)


def log_entries(alert):
    """The steps of the alert, newest first, with the names of those who were told."""
    rows = list(alert.log.select_related("actor").order_by("-created_at", "pk"))
    ids = {user for row in rows for user in row.people}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    zone = zone_of(alert.office.time_zone)
    return [
        {
            "when": timezone.localtime(row.at, zone),
            "title": row.get_kind_display(),
            "text": ", ".join(sorted(names[user] for user in row.people if user in names)),
            "who": "" if row.actor.principal else row.actor.name,
            "icon": "bell",
        }
        for row in rows
    ]
