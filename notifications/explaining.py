"""The page of the rules: each in words, whom it reaches, how hard it knocks, and how an alert climbs."""

from dataclasses import dataclass, field

from babel.lists import format_list
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from accounts.roles import Role
from notifications.catalogue_words import PEOPLE, RULE_WORDS, SECTIONS, STAYS
from notifications.practices import HARDEST_FIRST, harder
from notifications.rules import LADDERS, REPEATS, TIGHTENED, To, Urgency, catalogue, quicker

HOUR, DAY = 60, 24 * 60
TONES = {Urgency.SAFETY: "danger", Urgency.COURT: "soon", Urgency.CONFIRM: "info"}
# What people are to rules by their roles; a caseworker stands in where a case has no lawyer or investigator.
TO_OF = {
    Role.LAWYER: {To.LAW, To.GOES},
    Role.PARALEGAL: {To.PAR, To.GOES},
    Role.SOCIAL_WORKER: {To.SW},
    Role.INVESTIGATOR: {To.INV},
    Role.CASEWORKER: {To.LAW, To.INV, To.GOES},
    Role.LEGAL_LEAD: {To.LD},
    Role.SAFEGUARDING_LEAD: {To.SG},
    Role.OFFICE_DIRECTOR: {To.FOD},
    Role.REGIONAL_DIRECTOR: {To.RD},
    Role.ADMINISTRATOR: {To.SYS},
}
ON_TEAM = {To.LAW, To.PAR, To.SW, To.INV, To.BK}


@dataclass
class Told:
    """One rule as the page shows it."""

    code: str
    what: str
    people: str
    urgency: list
    sentences: list
    climbs: list
    within: str = ""
    stricter: list = field(default_factory=list)
    decided: object = None
    reaches: str = ""
    may_tighten: bool = False


def people_of(roles, quiet=()):
    """Roles in words, in a row: the case lawyer, the paralegal and the investigator."""
    names = [
        _("%(people)s (in the inbox alone)") % {"people": PEOPLE[role]}
        if role in quiet
        else str(PEOPLE[role])
        for role in roles
    ]
    return format_list(names, locale=to_locale(get_language() or "en"))


def after(step):
    """How long a step waits, in words."""
    minutes, days = step.minutes, step.working_days
    if days and minutes:
        working = ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}
        return _("After %(days)s and %(rest)s") % {"days": working, "rest": span(minutes)}
    if days:
        return ngettext("After %(n)s working day", "After %(n)s working days", days) % {"n": days}
    return _("After %(time)s") % {"time": span(minutes)}


def span(minutes):
    """A length of time in words: 4 hours, 2 days, 90 minutes."""
    if minutes % DAY == 0:
        return ngettext("%(n)s day", "%(n)s days", minutes // DAY) % {"n": minutes // DAY}
    if minutes % HOUR == 0:
        return ngettext("%(n)s hour", "%(n)s hours", minutes // HOUR) % {"n": minutes // HOUR}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def climb(steps):
    """[(after how long, to whom)] of a ladder."""
    return [(after(step), people_of(step.to)) for step in steps]


def ladders():
    """[(urgency, how it comes, what it asks for, its steps, how often again)], hardest first."""
    asks = {
        Urgency.NORMAL: _("Nobody need answer. It is read, and goes no further."),
        Urgency.DIGEST: _(
            "Nobody need answer. It will stand in a list every morning for as long as it is true."
        ),
    }
    answer = _("Somebody is to say that he or she has it. Until then it goes on:")
    return [
        (urgency.label, comes(urgency), asks.get(urgency, answer), climb(LADDERS[urgency]), again(urgency))
        for urgency in Urgency
    ]


def comes(urgency):
    """By what it comes, in words."""
    if urgency in (Urgency.SAFETY, Urgency.COURT):
        return _("It comes to the inbox, by e-mail and by every other channel you have proved, at once.")
    if urgency == Urgency.DIGEST:
        return _("It stands in the list of the morning.")
    return _("It comes to the inbox, and by the channels you have chosen, or else by e-mail.")


def again(urgency):
    """How it goes on above the last step, in words; '' when it does not."""
    rhythm = REPEATS.get(urgency)
    if not rhythm:
        return ""
    if "then" not in rhythm:
        return _("Then everybody is asked again every %(time)s.") % {"time": span(rhythm["minutes"])}
    facts = {"time": span(rhythm["minutes"]), "first": span(rhythm["during"]), "then": span(rhythm["then"])}
    return _("Then everybody is asked again every %(time)s for %(first)s, later every %(then)s.") % facts


def urgencies(rule, row=None):
    """How hard it knocks, in the order of the rule's words; with what the office asks for."""
    own = RULE_WORDS[rule.code].urgency or (rule.practice.urgency,)
    return list(dict.fromkeys(Urgency(harder(each, row.urgency if row else "")) for each in own))


def told(rule, how=None, row=None):
    """The words of one rule, as it works where `how` and the office's own decision `row` say so."""
    words, practice = RULE_WORDS[rule.code], how or rule.practice
    roles = (*practice.to, *practice.also) if practice else words.to
    own_ladder = practice and (practice.steps or row)
    asked = urgencies(rule, row)
    steps = [quicker(step, practice.pace) for step in steps_of(practice, asked)] if own_ladder else []
    return Told(
        code=rule.code,
        what=str(words.what),
        people=people_of(roles, practice.quiet if practice else ()),
        urgency=[(each.label, TONES.get(each, "plain")) for each in asked],
        sentences=[str(text) for text in (words.over, words.stays and STAYS, words.more) if text],
        climbs=climb(steps),
        within=span(practice.act_minutes) if practice and practice.act_minutes else "",
        stricter=stricter(row),
        decided=row,
    )


def steps_of(practice, asked):
    """The steps of the hardest form of a rule."""
    hardest = min(asked, key=HARDEST_FIRST.index)
    return LADDERS[hardest] if practice.steps is None else practice.steps


def stricter(row):
    """What an office asks for on top of a rule, in sentences."""
    if row is None:
        return []
    hard = row.urgency and _("It knocks as: %(urgency)s.") % {"urgency": row.get_urgency_display()}
    soon = row.pace < 100 and _("When nobody answers, it goes on after %(percent)s %% of the time.") % {
        "percent": row.pace
    }
    done = row.act_minutes and _("It is to be done within %(time)s.") % {"time": span(row.act_minutes)}
    more = row.also_to and _("Also told: %(people)s.") % {"people": people_of(row.also_to)}
    return [sentence for sentence in (hard, soon, done, more) if sentence]


def reaches(rule, how, roles):
    """When the rule comes to somebody of these roles: at once, or at a step; '' when never."""
    practice = how or rule.practice
    direct = set(practice.to) | set(practice.also) if practice else set(RULE_WORDS[rule.code].to)
    if direct & roles or To.TEAM in direct and roles & ON_TEAM:
        return _("At once")
    for step in steps_of(practice, urgencies(rule)) if practice else ():
        if set(step.to) & roles:
            return _("%(after)s, when nobody has answered") % {"after": after(quicker(step, practice.pace))}
    return ""


def roles_of(user, office_id, on_duty):
    """What this person is to the rules of an office."""
    mine = [TO_OF.get(role, set()) for office, role in user.live_memberships if office in (office_id, None)]
    return set().union(*mine, {To.DUTY} if on_duty else set())


def sections(known=None, office_id=None, section="", roles=None, leads=False):
    """[(section, its rules)] of what works today, as it works in this office."""
    found = {}
    for rule in catalogue().values():
        part = rule.section.partition(" ")[0]
        if not rule.practice or section not in ("", part):
            continue
        row = known.tightening(rule.code, office_id) if known else None
        how = known.practice(rule.code, office_id) if known else None
        comes = reaches(rule, how, roles) if roles is not None else ""
        if roles is None or comes:
            entry = told(rule, how, row)
            entry.reaches, entry.may_tighten = comes, leads and rule.code in TIGHTENED
            found.setdefault(SECTIONS[part], []).append(entry)
    return list(found.items())


def not_watched(section="", roles=None):
    """What the system does not watch yet."""
    rules = [rule for rule in catalogue().values() if not rule.practice]
    rules = [rule for rule in rules if section in ("", rule.section.partition(" ")[0])]
    return [told(rule) for rule in rules if roles is None or reaches(rule, None, roles)]


def as_it_is(code):
    """One rule of the house, for the page where an office tightens it."""
    rule = catalogue()[code]
    entry = told(rule)
    entry.climbs = climb(steps_of(rule.practice, urgencies(rule)))
    return entry
