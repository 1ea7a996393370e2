"""The trail of a case in words: one sentence for every verb that DEVELOPERS.md lists."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from cases.keys import codes_of
from cases.states import AftercareStatus, LegalStatus, RiskLevel, Sensitivity, Track

WORDS = {
    "case.open": _("opened the case"),
    "case.edit": _("changed the facts of the case"),
    "case.load": _("brought the case over from a file"),
    "case.read": _("opened the page of the case"),
    "case.seal": _("changed who may open the case"),
    "case.assign": _("named somebody on the team"),
    "case.unassign": _("took somebody off the team"),
    "access.deny": _("was refused a page"),
    "case.break_glass": _("opened the case in an emergency"),
    "deputy.set": _("named a deputy for a period"),
    "deputy.end": _("ended the period of a deputy"),
    "absence.set": _("wrote down that somebody is away"),
    "absence.end": _("wrote down that somebody is back"),
    "emergency.miss": _("tried to open a case in an emergency, in vain"),
    "emergency.end": _("closed a case opened in an emergency"),
    "emergency.review": _("reviewed the opening of the case in an emergency"),
    "track.move": _("moved a track"),
    "track.close": _("closed a track"),
    "track.reopen": _("reopened a track"),
    "link.add": _("linked the case to another"),
    "referral.add": _("added a step of the referral"),
    "agency.add": _("added an agency"),
    "note.add": _("wrote a note"),
    "risk.assess": _("assessed the risk of the case"),
    "task.add": _("gave a task"),
    "task.finish": _("finished a task"),
    "grant.add": _("added a grant"),
    "milestone.add": _("recorded a milestone of the case"),
    "document.add": _("added a document"),
    "document.open": _("downloaded a document"),
    "document.redact": _("added a redacted copy of a document"),
    "document.scan": _("checked a document for viruses"),
    "document.seal": _("encrypted a document"),
    "version.add": _("added a version of a document"),
    "evidence.record": _("added an entry to a chain of custody"),
    "evidence.open": _("opened the sheet of a piece of evidence"),
    "operation.plan": _("planned an operation"),
    "operation.record": _("recorded the outcome of an operation"),
    "operation.edit": _("changed an operation"),
    "operation.cancel": _("cancelled an operation"),
    "operation.approve": _("approved an operation"),
    "operation.open": _("looked at the plan of an operation"),
    "insider.add": _("named somebody who may know of an operation"),
    "insider.approve": _("agreed that somebody may know of an operation"),
    "insider.end": _("took somebody out of the circle of an operation"),
    "venue.add": _("added a venue"),
    "headcount.add": _("recorded a head-count"),
    "investigation.add": _("recorded an investigation"),
    "lookout.send": _("sent a lookout"),
    "lookout.close": _("closed a lookout"),
    "survivor.add": _("added a survivor"),
    "survivor.edit": _("changed the record of a survivor"),
    "survivor.open": _("opened the record of a survivor"),
    "identity.open": _("opened the identity of a survivor"),
    "identity.edit": _("changed the identity of a survivor"),
    "shelter.open": _("opened the place where a survivor lives"),
    "identity.search": _("searched for a survivor by her real name"),
    "age.add": _("recorded an age"),
    "episode.add": _("recorded what happened to a survivor"),
    "relief.add": _("recorded a relief"),
    "survivor.miss": _("recorded a survivor as missing"),
    "survivor.tell": _("recorded whether a survivor was told"),
    "survivor.recapture": _("recorded that a survivor was taken back"),
    "kinship.add": _("recorded a family tie"),
    "statement.add": _("recorded a statement"),
    "consent.add": _("recorded a consent"),
    "consent.withdraw": _("recorded a consent as withdrawn"),
    "witness.edit": _("changed what is known of a witness"),
    "accused.add": _("added an accused person"),
    "accused.edit": _("changed the record of an accused person"),
    "accused.link": _("found an accused person in another case"),
    "accused.carry": _("joined an accused person with one of another case, as found before"),
    "accused.unlink": _("told an accused person apart from one of another case"),
    "accused.answer": _("said whether an accused person is one of another record"),
    "venue.close": _("recorded that a venue was shut, or opened again elsewhere"),
    "ring.add": _("recorded a part in a network"),
    "ring.edit": _("changed a part in a network"),
    "match.find": _("found that another office may know an accused person"),
    "match.answer": _("answered whether another office knows the same person"),
    "network.add": _("added a network"),
    "arrest.record": _("recorded an arrest"),
    "custody.start": _("recorded the beginning of a custody"),
    "custody.end": _("recorded the end of a custody"),
    "custody.transfer": _("recorded that somebody is held in another place"),
    "status.confirm": _("made sure where an accused person is"),
    "charge.add": _("added a charge"),
    "charge.edit": _("changed a charge"),
    "proceeding.open": _("opened a proceeding"),
    "proceeding.edit": _("changed a proceeding"),
    "number.add": _("added a number of a proceeding"),
    "number.edit": _("changed a number of a proceeding"),
    "hearing.schedule": _("scheduled a hearing"),
    "hearing.reschedule": _("moved a hearing"),
    "hearing.cancel": _("cancelled a hearing"),
    "hearing.record": _("recorded the outcome of a hearing"),
    "hearing.correct": _("took back the outcome of a hearing"),
    "hearing.assign": _("named who goes to a hearing"),
    "hearing.confirm": _("confirmed a hearing"),
    "cost.add": _("wrote down what a hearing cost a family"),
    "cost.strike": _("struck out what a hearing had cost"),
    "witness.call": _("called a witness to a hearing"),
    "witness.excuse": _("said that a witness need not come"),
    "need.set": _("said how a need of a witness stands"),
    "need.edit": _("planned a need of a witness"),
    "bail.seek": _("recorded an application for bail"),
    "bail.oppose": _("recorded the opposition to bail"),
    "bail.grant": _("recorded bail as granted"),
    "bail.release": _("recorded a release on bail"),
    "bail.refuse": _("recorded bail as refused"),
    "bail.withdraw": _("recorded an application for bail as withdrawn"),
    "bail.breach": _("recorded a breach of bail"),
    "bail.cancel": _("recorded bail as cancelled"),
    "bail.end": _("recorded the end of bail"),
    "bail.vary": _("recorded other terms of a bail"),
    "bail.notice": _("recorded the notice of a bail to the survivors"),
    "bail.reoffend": _("recorded a new offence during bail"),
    "condition.add": _("added a condition of bail"),
    "condition.lift": _("recorded a condition of bail as lifted"),
    "condition.check": _("said whether a condition of bail was kept"),
    "memo.compose": _("composed a memo against bail"),
    "memo.take": _("took a memo against bail as a file"),
    "verdict.record": _("recorded a verdict"),
    "verdict.correct": _("corrected a verdict"),
    "appeal.file": _("recorded an appeal"),
    "appeal.open": _("opened a proceeding that came of an appeal"),
    "step.record": _("recorded a step in court"),
    "clock.start": _("started a clock of the law"),
    "clock.extend": _("extended a clock of the law"),
    "clock.set_aside": _("set a clock of the law aside"),
    "clock.take_back": _("took back a change of a clock"),
    "appeal.decide": _("recorded the decision of an appeal"),
    "appeal.correct": _("corrected the decision of an appeal"),
    "release.state": _("recorded the day of release that the court reckoned"),
    "release.answer": _("recorded what the survivors were told of a release"),
    "award.change": _("changed an award"),
    "award.enforce": _("recorded a step to get money that was awarded"),
    "award.order": _("recorded a compensation order"),
    "payment.record": _("recorded a payment"),
    "payment.correct": _("corrected a payment"),
    "care.open": _("opened aftercare for a survivor"),
    "care.assign": _("named the social worker of a survivor"),
    "care.outcome": _("recorded the outcome of aftercare"),
    "placement.start": _("recorded a placement"),
    "placement.end": _("recorded the end of a placement"),
    "plan.make": _("made a care plan"),
    "plan.review": _("reviewed a care plan"),
    "goal.set": _("set a goal"),
    "goal.move": _("moved a goal"),
    "assessment.score": _("recorded an assessment"),
    "service.log": _("recorded a service"),
    "entitlement.set": _("recorded an entitlement"),
    "therapy.add": _("wrote a therapy note"),
    "therapy.open": _("opened a therapy note"),
    "milestone.reach": _("recorded a milestone of a survivor"),
    "share.start": _("shared the case with a partner"),
    "share.end": _("ended what was shared with a partner"),
    "share.open": _("looked at what was shared"),
    "export.request": _("asked for a file"),
    "export.approve": _("agreed to a file"),
    "export.refuse": _("refused a file"),
    "export.make": _("was made a file"),
    "export.cancel": _("cancelled a file"),
    "export.expire": _("destroyed a file on its day"),
    "export.download": _("took a file"),
    "handover.make": _("made a link for a receiver"),
    "handover.open": _("had a file fetched by its receiver"),
    "handover.fail": _("had a link closed after wrong codes"),
    "handover.revoke": _("took a link back"),
    "alert.open": _("opened an alert"),
    "alert.acknowledge": _("acknowledged an alert"),
    "alert.escalate": _("passed an alert on"),
    "alert.close": _("closed an alert"),
    "alert.repeat": _("asked everybody about an alert once more"),
    "alert.unheard": _("found that nobody answers an alert"),
    "alert.reopen": _("opened an alert again"),
    "alert.hand_over": _("gave an alert to somebody"),
    "alert.take_over": _("took an alert over"),
    "alert.decline": _("did not take an alert over"),
    "alert.dismiss": _("closed an alert for a reason"),
    "trail.read": _("read a trail"),
}
READS = (
    "case.read", "survivor.open", "document.open", "evidence.open", "operation.open", "therapy.open",
    "share.open", "export.download", "handover.open", "identity.open", "shelter.open", "trail.read",
)  # fmt: skip


def told(events):
    """Events as (event, who, words, about, more) with colleagues' names; a fixed number of queries."""
    events = list(events)
    named = {str(event.actor_id) for event in events}
    named |= {event.detail["user"] for event in events if event.detail.get("user")}
    people = {str(pk): person.name for pk, person in User.objects.in_bulk(named).items()}
    codes = {}
    for label in {event.subject for event in events}:
        codes |= codes_of(label, [event.subject_id for event in events if event.subject == label])
    return [
        {
            "event": event,
            "who": people.get(str(event.actor_id), ""),
            "words": WORDS.get(event.verb, event.verb),
            "about": codes.get(event.subject_id, ""),
            "more": more(event, people),
            "read": event.verb in READS,
        }
        for event in events
    ]


def more(event, people):
    """What changed, as far as codes and names of colleagues tell it."""
    detail = event.detail
    if event.verb.startswith("track."):
        kinds = LegalStatus if detail["track"] == Track.LEGAL else AftercareStatus
        states = [kinds(detail[name]).label for name in ("was", "now") if detail.get(name) in kinds.values]
        words = [str(Track(detail["track"]).label), " → ".join(map(str, states))]
        return " · ".join(word for word in words if word)
    if event.verb == "case.seal":
        return " → ".join(str(Sensitivity(int(detail[name])).label) for name in ("was", "now"))
    if event.verb == "risk.assess":
        return str(RiskLevel(detail["level"]).label)
    words = [people.get(str(detail.get("user", "")), "")]
    if event.verb in ("case.assign", "case.unassign"):
        words.append(str(Role(detail["role"]).label))
    return " · ".join(word for word in words if word)
