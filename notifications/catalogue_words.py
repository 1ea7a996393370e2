"""The catalogue in plain words: what happens, what ends it, and for planned rules whom they will reach."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.care_words import CARE_RULES
from notifications.rules import To, Urgency
from notifications.watch_words import WATCH_RULES

S, C, A, N, D = Urgency.SAFETY, Urgency.COURT, Urgency.CONFIRM, Urgency.NORMAL, Urgency.DIGEST
LAW, PAR, SW, INV, BK, DUTY = To.LAW, To.PAR, To.SW, To.INV, To.BK, To.DUTY
LD, SG, FOD, TEAM, GOES = To.LD, To.SG, To.FOD, To.TEAM, To.GOES

PEOPLE = {
    LAW: _("the case lawyer"),
    PAR: _("the paralegal"),
    SW: _("the social workers of the survivors"),
    INV: _("the investigator"),
    BK: _("the backup named on the case"),
    DUTY: _("the duty officer"),
    LD: _("the legal lead"),
    SG: _("the safeguarding lead"),
    FOD: _("the office director"),
    To.RD: _("the regional director"),
    TEAM: _("everybody on the case"),
    GOES: _("whoever goes to the hearing"),
    To.TOLD: _("everybody who was told the old date"),
    To.SAME: _("the same people again"),
    To.SYS: _("the administrator"),
    To.SELF: _("the person it is about"),
    To.GIVEN: _("whoever it was given to"),
    "SYS": _("the administrators"),
    "SELF": _("the person it is about"),
    "SUPERVISOR": _("the supervisor"),
}

SECTIONS = {
    "b.2": _("Bail and custody"),
    "b.3": _("Hearings"),
    "b.4": _("Deadlines, judgments, safety and the system itself"),
    "b.5": _("Operations and aftercare"),
    "b.6": _("From files brought over"),
    "b.7": _("Who may see what"),
    "b.8": _("The system watches itself"),
}

READ = _("It is over when everybody has read it, or after a month.")
BAIL_OVER = _(
    "It is over when it is written down of every survivor whether she was told and her plan for safety "
    "looked at, or when the bail is cancelled or has ended."
)
HEARD = _("It is over when everybody who was told the old date has answered, or the day has passed.")
TOLD = _(
    "It is over when every survivor was told or somebody wrote down why not, and the safety plan was "
    "looked at."
)
NEARER = _(
    "It is for your information when the hearing is more than a week away, urgent for the court within a "
    "week, and urgent for safety within a day."
)
STEPS_OF_CLOCKS = _(
    "It comes two weeks, a week, three, two and one day before, on the last day and after it, harder each "
    "time; of hours when half, three quarters and nine tenths are gone. Where liberty or a right hangs on it "
    "the legal lead hears three days before and the office director on the last day."
)
# What follows the sentence on the deed where no record tells the system that it was done.
STAYS = _("The system cannot see this being done: the alert stays on the case as taken on.")


@dataclass(frozen=True)
class Words:
    """One rule as people read it; recipients and urgency of a working rule come from its practice."""

    what: Promise
    over: Promise
    to: tuple = ()
    urgency: tuple = ()
    more: Promise | None = None
    stays: bool = False


RULE_WORDS = {
    "B1": Words(
        _("An accused person applies for bail."),
        _(
            "It is over when we have said whether we oppose it, or when the court has decided or the "
            "application was taken back."
        ),
        urgency=(C, S), more=_("It is urgent for safety when the court hears it within a day."),
    ),
    "B2": Words(
        _("Bail is heard within two days, and we have neither opposed it nor said who goes."),
        _("It is over when both are written down, or when the court has decided."),
    ),
    "B3": Words(
        _("The court grants bail to somebody who is still in custody."), BAIL_OVER,
        more=_("Teams of other cases of the same person hear of their own case alone."),
    ),
    "B4": Words(
        _("An accused person is let out of custody on bail."), BAIL_OVER,
        more=_("Teams of other cases of the same person hear of their own case alone."),
    ),
    "B5": Words(_("Bail is refused, or the application is taken back."), READ),
    "B6": Words(
        _("A condition of bail is broken."),
        _(
            "It is over when the bail is cancelled or has ended. The court is to be asked to cancel it, "
            "or the reason why not is written down."
        ),
    ),
    "B7": Words(
        _(
            "The day to report, pay the surety or hand in the passport has passed, and nobody has "
            "confirmed it."
        ),
        _("It is over when it is confirmed, or recorded as a broken condition."), urgency=(A, C),
        more=_("It is urgent for the court after three days."),
    ),
    "B8": Words(
        _("Bail is cancelled or given up, or the person is arrested again on a warrant."),
        READ,
    ),
    "B9": Words(
        _("A person known from another case is arrested again."),
        _(
            "It is over when somebody has taken it on and a memo on earlier bail was made or bail opposed. "
            "Of a likeness alone: when each office has answered."
        ),
        urgency=(S, C, A), more=_("Each team hears of its own case alone."),
    ),
    "B10": Words(
        _("Somebody who was convicted is granted bail until the appeal is decided."), BAIL_OVER,
        urgency=(C, S), more=_("The application alone reaches the same people as any application for bail."),
    ),
    "B11": Words(
        _("The money or the conditions of a bail are changed."),
        _("It is over when somebody has taken it on."),
    ),
    "B12": Words(
        _(
            "Bail is heard or granted, and it is not on record that the survivors were given notice as "
            "the law wants."
        ),
        _(
            "It is over when the court is asked to cancel the bail, the notice is proved, or the reason "
            "why none was needed is written down."
        ),
        urgency=(C, S), more=_("It is urgent for safety once the bail is granted."),
    ),
    "C1": Words(
        _("A time limit on which the liberty of an accused person hangs is running out."),
        _(
            "It is over when the charge is filed, the time is extended, the person is let go, or the "
            "clock is set aside or corrected."
        ),
        urgency=(A, C, S), more=STEPS_OF_CLOCKS,
    ),
    "C2": Words(
        _("An accused person is let go: acquitted, discharged, or the sentence is served."),
        TOLD,
    ),
    "C3": Words(
        _("An accused person has escaped or cannot be found."),
        _(
            "It is over when the person is held again. A warrant is to be asked for, and every survivor to "
            "be told."
        ),
        more=_("Teams of other cases of the same person hear of their own case alone."),
    ),
    "C4": Words(
        _("An accused person is moved to another prison."),
        _("It is over when somebody has taken it on."),
    ),
    "C5": Words(
        _("An accused person has died in custody."),
        TOLD, more=_("The certificate is to be asked for."),
    ),
    "C6": Words(
        _(
            "Nobody has confirmed for a week where a person on remand is held, or for a month where a "
            "sentence is served."
        ),
        _("It is over when somebody has confirmed it, and says from whom and when."), urgency=(D, A, C),
        more=_("It becomes more urgent the longer nobody has asked."),
    ),
    "C7": Words(
        _("A sentence will end soon, or the court hears an early release."),
        _("It is over when the safety plan was looked at and it is decided what the survivors are told."),
        urgency=(A, C),
    ),
    "C8": Words(
        _(
            "A warrant has not been carried out for a month or longer, or an accused person did not come "
            "to court."
        ),
        _(
            "It is over when the warrant is carried out or taken back, or a letter is sent."
        ),
        (LAW, INV), (D, A),
    ),
    "H1": Words(_("A hearing is entered, or somebody is named to go."), READ),
    "H2": Words(
        _(
            "A hearing is near: a week before, two days before, on the last working day before, and on "
            "its morning."
        ),
        _("It is over when the day has passed. Two days before, somebody is asked to say who goes."),
        urgency=(N, A), more=_(
            "Where a survivor is called there is one more two weeks before, and her social worker is "
            "told too. All hearings of a day are one message."
        ),
    ),
    "H3": Words(_("The date, time or room of a hearing is changed."), HEARD, urgency=(N, C, S), more=NEARER),
    "H4": Words(_("A hearing is cancelled."), HEARD, urgency=(N, C, S), more=NEARER),
    "H5": Words(
        _("It is six in the evening of the day of a hearing, and nobody has written down what happened."),
        _("It is over when the outcome is recorded."),
    ),
    "H6": Words(
        _("A hearing is adjourned and no next date is known."),
        _("It is over when the next date or the next stage is entered."),
        more=_("It comes again every week, and to the legal lead after three weeks."),
    ),
    "H7": Words(
        _("A hearing is three days away and nobody has said who goes."),
        _("It is over when somebody has said so."),
        urgency=(C, S),
        more=_("It is urgent for safety on the day before."),
    ),
    "H8": Words(
        _("Two hearings are so near to each other that one person cannot be at both."),
        _("It is over when somebody else goes to one of them, or one is moved or taken off."),
    ),
    "H9": Words(
        _(
            "A survivor is to speak in court, and something is still missing for the day: consent, an "
            "interpreter, transport, company for the way and the rest."
        ),
        _("It is over when everything is arranged or not needed, or the day has come."),
        urgency=(A, C),
        more=_("It comes two weeks, one week and two days before, and is urgent for the court at the last."),
    ),
    "H10": Words(
        _("The list of the court gives another date than ours."),
        _("It is over when one of the two dates is accepted."), (PAR, LAW), (A, C),
        _("It is urgent for the court when either date is within a week."),
    ),
    "H11": Words(
        _("The accused, the judge or our own side was absent three times."),
        _("It stands in the list for as long as it is true."), (LAW, LD), (D,),
    ),
    "H12": Words(
        _("A prosecution is under way and nothing is planned for it: no hearing, no deadline, no task."),
        _("It is over when something is planned."),
    ),
    "D1": Words(
        _("The time to appeal after a judgment is running out."),
        _("It is over when the appeal is filed, or the clock is set aside and it is said why there is none."),
        urgency=(A, C, S), more=STEPS_OF_CLOCKS,
    ),
    "D2": Words(
        _("Another time limit of the law is running out: for a court, the police, or a survivor."),
        _("It is over when the step is taken, the time is extended, or the clock is set aside."),
        urgency=(A, C, S), more=STEPS_OF_CLOCKS,
    ),
    "D3": Words(
        _("Compensation was ordered and has not been paid for a month or longer."),
        _("It is over when it is paid, or when the court was asked to enforce it."),
    ),
    "J1": Words(
        _("An accused person is acquitted or discharged, or a charge is dropped."),
        TOLD, more=_("It is over too once our side has appealed."),
    ),
    "J2": Words(
        _("An accused person is convicted."), READ,
        more=_("Nothing is published before the safeguarding lead agrees."),
    ),
    "S1": Words(
        _("Somebody has threatened a survivor or a witness, or tried to reach the person."),
        _("It is over when it is written down what was done for safety."),
    ),
    "S2": Words(
        _("An order that protects somebody will end soon."),
        _("It is over when it is renewed, or when the reason why it is not needed is written down."),
        (LAW, SW, SG), (A, C, S),
    ),
    "S3": Words(
        _("A survivor cannot be reached while somebody dangerous may be at large."),
        _("It is over when the survivor is reached or visited."),
        more=_("Three tries within a day that reached nobody count."),
    ),
    "A1": Words(
        _("A case is handed over to somebody else."),
        _("It is over when the new person has said so."),
        more=_("It says how many alerts of the case are open."),
    ),
    "A2": Words(
        _("Somebody has left or lost a role and still has open alerts or hearings to come."),
        _("It is over when everything has been given to others."), urgency=(A, C),
        more=_("It is urgent for the court when a hearing is within a week."),
    ),
    "A3": Words(
        _("Somebody is away while hearings take place, and nobody stands in."),
        _("It is over when somebody is named to stand in, or to go."),
    ),
    "O1": Words(
        _("An operation has failed."),
        _("It is over when somebody has taken it on and the next attempt is on record."),
    ),
    "O2": Words(
        _("An operation has failed because somebody warned the suspects."),
        _("The report on who knew is to be read, and a decision written down."),
        more=_("Nobody but these few learns of it."), stays=True,
    ),
    "O3": Words(
        _("A survivor is missing or was taken back."),
        _("It is over when the survivor's way out is on record."),
    ),
    "O4": Words(
        _("Another office is asked to watch for somebody."),
        _("It is over when the other office has answered or the request is closed."),
        more=_("It goes to the office that is asked, and tells it nothing of the case."),
    ),
    "O5": Words(_("A track of a case is opened again."), READ),
    "O6": Words(
        _("An accused person is a relative of a survivor of the same case."),
        _(
            "It is over when somebody has taken it on and assessed the risk anew: who may be in contact with "
            "the survivor, and who may give consent."
        ),
    ),
    "O7": Words(
        _("Another office answers a lookout, or the time of a lookout is over."),
        _(
            "It is over when everybody has read it. A sighting is over when somebody has taken it on; a "
            "lookout whose time is over, when you watch on or close it."
        ),
        urgency=(N, A, S),
        more=_("It is urgent for safety when somebody was perhaps seen."),
    ),
    "O8": Words(
        _("A lookout is to tell somebody's name to another office."),
        _("It is over when the safeguarding lead has agreed or refused, or the lookout is closed."),
    ),
    "P1": Words(
        _("The review of a care plan or an assessment is due within a week."),
        _("It is over when the review is recorded or has a new date."),
    ),
    "P2": Words(
        _("The review of a care plan or an assessment is overdue."),
        _("It is over when the review is recorded or has a new date."),
    ),
    "E1": Words(
        _("Somebody opens a case in an emergency that he or she could not see."),
        _("It is over when one of them has said whether there was need."),
        more=_("While such a review is owed for more than three days, nobody of the office can do it again."),
    ),
    "F1": Words(
        _("A new offence followed while an accused person was out on bail."),
        _("It is over when the bail is over and somebody has taken it on."),
        more=_("Teams of other cases of the same person hear of their own case alone."),
    ),
    "F2": Words(
        _("Three or more hearings in a row were adjourned."),
        _("It is over when a hearing is held."), (LAW, LD), (A,),
    ),
    "F3": Words(
        _("A proceeding was put off twice or more, and its hearings are not on record one by one."),
        _("It is over when a hearing is held."), (LAW, LD), (D,),
    ),
    "F4": Words(
        _("Somebody has been held on remand for more than 90 days."),
        _(
            "It is over when the person is let go or convicted, or when the legal lead has looked at the "
            "delay."
        ),
        (LAW, PAR, LD), (A,),
    ),
}  # fmt: skip
RULE_WORDS |= {code: Words(what, over, more=more) for code, (what, over, more) in WATCH_RULES.items()}
RULE_WORDS |= {
    code: Words(what, over, urgency=urgency, more=more)
    for code, (what, over, urgency, more) in CARE_RULES.items()
}
