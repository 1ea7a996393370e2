"""What an item says, made when it is read: the title, what to do, why this person got it."""

from django.utils.translation import gettext_lazy as _

from notifications.rules import To
from notifications.watch_words import WATCH_WORDS
from reference.templatetags.look import icon_name

# code: (what happened, what to do)
WORDS = {
    **WATCH_WORDS,
    "B1": (_("Bail applied for"), _("Say whether we oppose it, and file the opposition in time.")),
    "B2": (
        _("Bail is heard within two days"),
        _("Say whether we oppose it, and who goes to the hearing."),
    ),
    "B3": (
        _("Bail granted"),
        _("Tell each survivor through the social worker, and look at the safety plan."),
    ),
    "B3.elsewhere": (
        _("A person on your file may be let out of custody"),
        _("Look at the safety plan of your survivors. Ask your legal lead for more."),
    ),
    "B4": (
        _("Released on bail"),
        _("Tell each survivor through the social worker today, and look at the safety plan."),
    ),
    "B4.elsewhere": (
        _("A person on your file was let out of custody"),
        _("Look at the safety plan of your survivors today. Ask your legal lead for more."),
    ),
    "B5": (_("Bail refused or application withdrawn"), _("Tell the survivors through the social worker.")),
    "B6": (
        _("A condition of bail was broken"),
        _("Ask the court to cancel the bail, or write down why not."),
    ),
    "B7": (
        _("Was a condition of bail kept?"),
        _("Ask the police or the court, and write down whether it was kept."),
    ),
    "B8": (
        _("Bail is over: the person is held again"),
        _("Tell the survivors through the social worker."),
    ),
    "B9": (
        _("Arrested: a person known from another file"),
        _("Give the prosecutor the history of earlier bail. Ask your legal lead for more."),
    ),
    "B9.elsewhere": (
        _("A person on your file was arrested again"),
        _("Ask your legal lead what it means for your case."),
    ),
    "C1": (
        _("A clock of the law runs out"),
        _("See how many days are left and what stops it: charge, order or release."),
    ),
    "C1.over": (
        _("A clock of the law has run out"),
        _("Read what follows from it and act today, or say why it does not hold."),
    ),
    "D1": (
        _("The time to appeal runs out"),
        _("File the appeal, or set the clock aside and say why there is none."),
    ),
    "D1.over": (
        _("The time to appeal has run out"),
        _("Ask whether late leave is possible, or set the clock aside and say why."),
    ),
    "D2": (_("A deadline is near"), _("Do what stops it, or have it extended.")),
    "D2.over": (
        _("A deadline has passed"),
        _("Raise the delay, write down the step, or set the clock aside and say why."),
    ),
    "C7.t90": (
        _("A sentence ends within 90 days"),
        _("Look at the safety plan of each survivor, and decide who tells them."),
    ),
    "C7.t30": (
        _("A sentence ends within 30 days"),
        _("Look at the safety plan of each survivor, and write down who told them."),
    ),
    "C7.t7": (
        _("A sentence ends within a week"),
        _("See that every survivor knows and is safe, and write it down."),
    ),
    "C7.moved": (
        _("A day of release has moved"),
        _("The day you were told holds no more: tell whoever you told the old one."),
    ),
    "C7.elsewhere": (
        _("A person on your file may be let out of prison soon"),
        _("Look at the safety plan of your survivors. Ask your legal lead for more."),
    ),
    "C7": (
        _("A sentence ends soon"),
        _("Look at the safety plan of each survivor, and write down who told them."),
    ),
    "D3": (
        _("Money ordered for survivors has not come"),
        _("Write down what was paid, or the next step to get it."),
    ),
    "B11": (
        _("The terms of a bail were changed"),
        _("Look at what changes for the survivors, and tell them."),
    ),
    "B12": (
        _("Notice of the bail to the survivors is not on record"),
        _("Write down the proof of the notice, or why none is needed; else ask the court to take it back."),
    ),
    "C2": (
        _("Let go from custody"),
        _("Tell each survivor through the social worker today, and look at the safety plan."),
    ),
    "C3": (
        _("Escaped or absconded"),
        _("Ask for a warrant. Tell each survivor through the social worker now."),
    ),
    "C3.elsewhere": (
        _("A person on your file has escaped or cannot be found"),
        _("Look at the safety plan of your survivors now. Ask your legal lead for more."),
    ),
    "C4": (
        _("Moved to another place of custody"),
        _("See whether the new place is nearer to a survivor."),
    ),
    "C5": (
        _("Died in custody"),
        _("Ask for the certificate, and tell each survivor through the social worker."),
    ),
    "C6": (
        _("Where is this person now?"),
        _("Call the prison or the police and write down what they say."),
    ),
    "B9.possible": (
        _("Arrested: perhaps a person known to another office"),
        _("Call whom the person's page names, and answer there whether it is the same person."),
    ),
    "B9.maybe": (
        _("Perhaps arrested in another office: a person on your file"),
        _("Call whom the person's page names, and answer there whether it is the same person."),
    ),
    "B9.match": (
        _("Another office may know a person on your file"),
        _("Call whom the person's page names, and answer there whether it is the same person."),
    ),
    "E1": (
        _("A case was opened in an emergency"),
        _("Say within three days whether there was need."),
    ),
    "E1.asked": (
        _("A case was opened in an emergency"),
        _("Say within three days whether there was need. Until then it stands in the list of your office."),
    ),
    "F1": (
        _("A new offence while on bail"),
        _("Ask the court to cancel the bail, and tell each survivor through the social worker."),
    ),
    "F1.elsewhere": (
        _("A person on your file is suspected of a new offence"),
        _("Look at the safety plan of your survivors. Ask your legal lead for more."),
    ),
    "H2.t14": (_("Hearing in two weeks"), _("A survivor is called: plan the day together.")),
    "H2.t7": (_("Hearing in a week"), _("See that everything is ready.")),
    "H2.t2": (_("Hearing very soon: who goes?"), _("Say who goes to the hearing.")),
    "H2.d1": (_("Hearing on the next working day"), _("Have the papers ready.")),
    "H2.d0": (_("Hearing today"), _("Write down the outcome before six in the evening.")),
    "H1": (_("A hearing is set"), _("Note the date. Say whether you can be there.")),
    "H1.goes": (_("You are named to go to a hearing"), _("Confirm that you go, or say that you cannot.")),
    "H1.called": (_("A survivor is called to a hearing"), _("Plan the day with the survivor.")),
    "H3": (_("Hearing moved"), _("Note the new date and tell whoever you told the old one.")),
    "H3.again": (
        _("Hearing takes place after all"),
        _("It was off and stands again. Note the date and tell whoever you told that it is off."),
    ),
    "H3.back": (
        _("Hearing stays on the date you knew"),
        _("It was moved and moved back at once. There is nothing to do."),
    ),
    "H4": (_("Hearing cancelled"), _("Tell whoever you told the date.")),
    "H5": (_("What happened at the hearing?"), _("Write down the outcome and the next date.")),
    "H6": (_("No next date"), _("Ask the court for the next date and enter it.")),
    "H7": (_("Nobody has confirmed a hearing that is near"), _("Say who goes; whoever goes confirms it.")),
    "H9": (
        _("Something is missing for a survivor who is to speak in court"),
        _("Open the hearing and see to what is open: consent, transport, who goes along and the rest."),
    ),
    "H9.t2": (
        _("A survivor speaks in court in two days and something is missing"),
        _("Open the hearing and see today to what is still open."),
    ),
    "H8": (
        _("Two hearings too close together"),
        _("Whoever goes cannot be at both: name somebody else for one, or have one moved."),
    ),
    "H8.away": (
        _("Whoever goes is away on the day"),
        _("Name somebody else for the hearing."),
    ),
    "J1": (
        _("Acquitted or dismissed"),
        _("Tell each survivor through the social worker, and decide on an appeal."),
    ),
    "J1.dropped": (
        _("A charge was dropped"),
        _("Tell each survivor through the social worker, and decide what follows."),
    ),
    "J1.overturned": (
        _("A conviction was set aside"),
        _("Tell each survivor through the social worker, and look at the safety plan."),
    ),
    "J2.corrected": (_("A judgment was put right"), _("Read what changed on the page of the person.")),
    "J2.appeal": (
        _("An appeal was decided"),
        _("Do not publish anything yet. See what it changes for the sentence and for bail."),
    ),
    "J2": (_("Convicted"), _("Do not publish anything yet: the safeguarding lead decides when.")),
    "O1": (_("An operation failed"), _("Write down what was learned and choose the next step.")),
    "O2": (
        _("An operation was given away"),
        _("Read who knew of it and decide. Speak of it to nobody else."),
    ),
    "O3": (_("A survivor is missing or was taken back"), _("Say who looks for the person and how.")),
    "O4": (
        _("Lookout sent to another office"),
        _("Call the office that was asked and write down its answer."),
    ),
    "O4.asked": (
        _("Another office asks yours to watch for somebody"),
        _("Open it, read whom to watch for, and answer. If nothing opens, call the office."),
    ),
    "O7": (_("Another office has answered a lookout"), _("Read what it says.")),
    "O7.sighting": (
        _("Perhaps seen: somebody you look for"),
        _("Read where and when, call the office, and decide who goes."),
    ),
    "O7.over": (
        _("The time of a lookout is over"),
        _("Watch on, or close it and say how it ended. The other office reads no more of it."),
    ),
    "O8": (
        _("A name is to be told in a lookout"),
        _("Say whether the other office may read it. The rest of the lookout has gone out."),
    ),
    "O5": (_("A track was opened again"), _("Read why, and look at your part.")),
    "O6": (
        _("An accused is a relative of a survivor"),
        _("Look again at who may be in contact and who may give consent."),
    ),
    "D.list": (_("Your list for the day"), _("Read what the day asks of you, line by line.")),
    "V.code": (
        _("A code for one of your channels was sent"),
        _("Type it on the page of your channels. If it was not you, change your password."),
    ),
    "V.test": (_("A test message"), _("It is only to show that it arrives. There is nothing to do.")),
    "V.added": (
        _("Alerts reach you at one more place"),
        _("If it was not you, remove it on the page of your channels and change your password."),
    ),
    "V.removed": (
        _("Alerts reach you at one place fewer"),
        _("If it was not you, look at the page of your channels and change your password."),
    ),
    "V.stopped": (
        _("You wrote STOP: nothing goes to that number any more"),
        _("To have messages there again, write START to it and confirm it on the page of your channels."),
    ),
    "S1": (
        _("A threat was reported"),
        _("See that everybody it concerns is safe, and write down what was done."),
    ),
    "S3": (
        _("A survivor cannot be reached while somebody may be at large"),
        _("Go there, or send somebody; write it down as soon as the person is reached."),
    ),
    "P3": (_("No social worker is named"), _("Name a social worker for each person who has none.")),
    "P4": (_("A first look at safety is due soon"), _("Look at the safety of each person who came to us.")),
    "P4.late": (
        _("A first look at safety is late"),
        _("Look at the safety of each person who came to us, now."),
    ),
    "P5": (
        _("A look at safety is late after something has happened"),
        _("Look at the safety of each person it concerns, today."),
    ),
    "P6": (_("Tasks of aftercare are late"), _("Do them, or drop them and say why.")),
    "P7": (
        _("Somebody in care has not been reached for too long"),
        _("Reach the person, in the way that was agreed, and write it down."),
    ),
    "P8": (
        _("Somebody asks that a care ends"),
        _("Read what it rests on, and agree or say why not."),
    ),
    "P1": (_("Review due within a week"), _("Plan the review with the survivor.")),
    "P2": (_("Review overdue"), _("Record the review, or set a new date with a reason.")),
}

# By rule, else by the letter of its group.
ICONS = {
    "B": icon_name("shield-alert"),
    "B1": icon_name("scale"),
    "B9": icon_name("users"),
    "C": icon_name("lock"),
    "C1": icon_name("clock"),
    "C7": icon_name("log-out"),
    "D": icon_name("clock"),
    "D3": icon_name("banknote"),
    "E": icon_name("siren"),
    "F": icon_name("shield-alert"),
    "H": icon_name("calendar-days"),
    "H5": icon_name("gavel"),
    "J": icon_name("gavel"),
    "O": icon_name("triangle-alert"),
    "O1": icon_name("map-pin"),
    "O4": icon_name("eye"),
    "O5": icon_name("folder-open"),
    "O6": icon_name("users"),
    "P": icon_name("heart"),
    "S": icon_name("shield-alert"),
    "A": icon_name("users"),
    "L": icon_name("calendar-days"),
    "T": icon_name("bell"),
    "X": icon_name("triangle-alert"),
    "X1": icon_name("phone"),
    "V": icon_name("bell-ring"),
}

WHY = {
    To.LAW: _("You are the lawyer of this case."),
    To.PAR: _("You are the paralegal of this case."),
    To.SW: _("You are the social worker of this case."),
    To.INV: _("You are the investigator of this case."),
    To.BK: _("You stand in for somebody on this case."),
    To.DUTY: _("You are on duty in your office, or watch for it."),
    To.LD: _("You are the legal lead."),
    To.SG: _("You are the safeguarding lead."),
    To.FOD: _("You are the director of the office."),
    To.RD: _("You oversee the office."),
    To.TEAM: _("You are on the team of this case."),
    To.GOES: _("You go to this hearing."),
    To.TOLD: _("You were told the old date."),
    To.SYS: _("You look after the system."),
    To.SELF: _("It is about you."),
    To.GIVEN: _("Somebody gave it to you."),
    To.SAME: _("Nobody has answered yet."),
}

# Where to go from an alert that is about no case, by its rule.
PAGES_OF_NO_CASE = {
    **dict.fromkeys(("X2", "X3", "X5", "X7"), "notifications:watch-show"),
    "X1": "notifications:endpoint-list",
    "X6": "prosecutions:clock-list",
    "A3": "cases:deputy-list",
    "L1": "prosecutions:hearing-list",
}

# The page of the record an alert is about, by its model; the case page where there is none.
PAGES = {
    "prosecutions.BailOrder": "prosecutions:bail-detail",
    "prosecutions.Clock": "prosecutions:clock-detail",
    "prosecutions.BailCondition": "prosecutions:condition-check",
    "prosecutions.Hearing": "prosecutions:hearing-detail",
    "prosecutions.Accused": "prosecutions:accused-detail",
    "prosecutions.Award": "prosecutions:award-detail",
    "operations.Operation": "operations:operation-detail",
    "operations.Lookout": "operations:lookout-detail",
    "survivors.Survivor": "survivors:survivor-detail",
    "survivors.Threat": "survivors:threat-detail",
    "aftercare.Care": "aftercare:care-detail",
    "aftercare.CareTask": "aftercare:task-end",
    "notifications.Alert": "notifications:alert-detail",
}


def words_of(code):
    """(what happened, what to do, icon) of a title code; steps use the words of their rule."""
    rule = bare(code)
    title, todo = WORDS.get(code) or WORDS[rule]
    return title, todo, ICONS.get(rule) or ICONS[rule[0]]


def bare(code):
    """B3.step is B3 come to the next people; B10 speaks like B3."""
    rule = code.partition(".")[0]
    return {"B10": "B3"}.get(rule, rule)


def is_step(code):
    """Has it come to this person because the first ones have not answered?"""
    return code.endswith(".step")
