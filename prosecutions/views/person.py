"""What the page of an accused person shows: where she is, how it came so, and the same person elsewhere."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from prosecutions.bail_states import CustodyEnd
from prosecutions.states import LIVE_BAIL, AppealOutcome, Bail, BailKind, CustodyKind, ProceedingKind
from reference.templatetags.look import icon_name
from reference.templatetags.show import edtf, quantity
from survivors.models import Kinship, Survivor

VERY_EARLY = "0000"


def whereabouts(accused):
    """Where the person is now, as words and a tone; reads prefetched rows only."""
    spell = next((row for row in accused.custodies.all() if not row.ends_on and not row.over), None)
    bail = next((row for row in accused.bail_orders.all() if row.status in LIVE_BAIL), None)
    if spell is not None:
        serving = spell.kind == CustodyKind.SENTENCE
        words = _("Serving the sentence") if serving else _("In custody")
        return {"label": words, "tone": "done", "since": spell.starts_on}
    if bail is not None:
        pending = bail.kind == BailKind.PENDING_APPEAL
        words = _("On bail pending appeal") if pending else _("On bail")
        return {"label": words, "tone": "soon", "since": bail.since}
    if gone := left_for_good(accused):
        return gone
    if accused.arrests.all() or accused.custodies.all():
        return {"label": _("At liberty"), "tone": "plain", "since": ""}
    return {"label": _("Not arrested"), "tone": "plain", "since": ""}


def left_for_good(accused):
    """Escaped or died: what the last spell in custody ended with."""
    ended = [row for row in accused.custodies.all() if row.how_ended]
    last = max(ended, key=lambda row: row.position, default=None)
    if last is None or last.how_ended not in (CustodyEnd.ESCAPED, CustodyEnd.DIED):
        return None
    tone = "danger" if last.how_ended == CustodyEnd.ESCAPED else "past"
    return {"label": last.get_how_ended_display(), "tone": tone, "since": last.ends_on}


def custody_line(accused):
    """Arrests, custody, bail and judgments in one line over time, newest first."""
    entries = [
        *arrest_entries(accused),
        *custody_entries(accused),
        *bail_entries(accused),
        *judgment_entries(accused),
        *appeal_entries(accused),
    ]
    # On one day the later step stands on top: arrest, custody, bail, judgment.
    entries.sort(key=lambda entry: str(entry["on"] or VERY_EARLY))
    entries.reverse()
    for entry in entries:
        entry["when_text"] = edtf(entry["on"]) or _("Date not known")
    return entries


def arrest_entries(accused):
    look = {"title": _("Arrested"), "icon": icon_name("lock"), "tone": "info"}
    return [{"on": row.on, "text": row.note, **look} for row in accused.arrests.all()]


def custody_entries(accused):
    for row in accused.custodies.all():
        title = _("Custody began: %(kind)s") % {"kind": row.get_kind_display()}
        yield {"on": row.starts_on, "title": title, "icon": icon_name("lock"), "tone": "done", "text": row.at}
        if row.ends_on or row.over:
            yield {
                "on": row.ends_on,
                "title": _("Custody ended: %(how)s") % {"how": row.get_how_ended_display()}
                if row.how_ended
                else _("Custody ended"),
                "icon": icon_name("log-out"),
                "tone": "past",
            }


def bail_entries(accused):
    """The steps of each bail that have happened."""
    for bail in accused.bail_orders.all():
        kind = {"kind": bail.get_kind_display()}
        steps = [
            (bail.applied_on, _("Bail applied for: %(kind)s") % kind, "soon"),
            (bail.decided_on, decision_words(bail), "judgment"),
            (bail.released_on, _("Released on bail"), "soon"),
            (bail.ended_on, _("Bail ended: %(how)s") % {"how": bail.get_ended_display()}, "past"),
            (bail.reoffended_on, _("A new offence followed") if bail.reoffended else "", "danger"),
        ]
        for on, title, tone in steps:
            if on and title:
                yield {"on": on, "title": title, "icon": icon_name("scale"), "tone": tone}


def decision_words(bail):
    """What the court did with the application."""
    if bail.status == Bail.REFUSED:
        return _("Bail refused")
    if bail.status == Bail.WITHDRAWN:
        return _("Application for bail withdrawn")
    return _("Bail granted")


def judgment_entries(accused):
    for row in accused.verdicts.all():
        yield {
            "on": row.on,
            "title": row.get_result_display(),
            "icon": icon_name("gavel"),
            "tone": "judgment",
            "text": sentence_words(row),
        }
        if row.overturned_on:
            title = _("The judgment was set aside")
            yield {"on": row.overturned_on, "title": title, "icon": icon_name("gavel"), "tone": "past"}


def appeal_entries(accused):
    """When somebody appealed, and what came of it; reads prefetched rows only."""
    for row in accused.appeals.all():
        look = {"icon": icon_name("landmark"), "tone": "judgment"}
        if row.filed_on:
            title = _("Appeal by: %(who)s") % {"who": row.get_by_display()}
            yield {"on": row.filed_on, "title": title, **look}
        if row.decided_on:
            title = _("Appeal decided: %(how)s") % {"how": row.get_outcome_display()}
            months = _("%(months)s months of prison") % {"months": quantity(row.months)} if row.months else ""
            yield {"on": row.decided_on, "title": title, "text": months, **look}


def sentence_words(verdict):
    """The sentence in one line."""
    parts = []
    if verdict.life:
        parts.append(_("Prison for life"))
    elif verdict.months:
        parts.append(_("%(months)s months of prison") % {"months": quantity(verdict.months)})
    if verdict.suspended:
        parts.append(_("suspended"))
    return ", ".join(parts)


def bail_rows(accused):
    """The person's bail in this case, newest first."""
    return sorted(accused.bail_orders.all(), key=lambda bail: -bail.position)


def appeal_rows(accused):
    """Appeals with the proceedings that came of them; those that are pending can be decided."""
    rows = sorted(accused.appeals.all(), key=lambda appeal: appeal.position)
    bails = [row for row in accused.bail_orders.all() if row.kind == BailKind.PENDING_APPEAL]
    live = any(row.status in LIVE_BAIL for row in bails)
    for row in rows:
        row.open = row.outcome in ("", AppealOutcome.PENDING)
        row.heard_in = sorted(row.proceedings.all(), key=lambda proceeding: proceeding.key)
        kinds = {proceeding.kind for proceeding in row.heard_in}
        row.has_own = ProceedingKind.APPEAL in kinds
        tried_anew = ProceedingKind.CRIMINAL_TRIAL in kinds
        row.wants_retrial = row.outcome == AppealOutcome.RETRIAL and not tried_anew
        row.bail_runs = live and not row.open
    return rows


def kinships(accused):
    """What survivors are to the person, in words; relations recorded the other way round count too."""
    names = {row.key: row.called for row in Survivor.objects.filter(case=accused.case_id)}
    mine = Q(of=accused.key, who__in=names) | Q(who=accused.key, of__in=names)
    found = []
    for row in Kinship.objects.filter(mine, case=accused.case_id).order_by("created_at", "pk"):
        relation = row.get_relation_display()
        if row.of == accused.key:
            found.append((names[row.who], relation))
        else:
            words = _("the accused is the %(relation)s") % {"relation": relation.lower()}
            found.append((names[row.of], words))
    return found


def days_on(bail, today):
    """How many days the person has been out on this bail; None when that is not known to the day."""
    if bail.status not in LIVE_BAIL or not bail.since or not bail.since.exact:
        return None
    return max((today - bail.since.first).days, 0)


def next_hearing_of(bail):
    """The next hearing of the proceeding, or of the case when the bail names none."""
    rows = bail.proceeding.hearings if bail.proceeding_id else bail.case.hearings
    return rows.expected().filter(starts_at__gte=timezone.now()).order_by("starts_at", "pk").first()
