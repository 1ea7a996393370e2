"""What the law gives one person and how far each of it has come: papers, days, money, both levels."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from aftercare.models import Entitlement, EntitlementPaper
from aftercare.owed.facts import MAJORITY, facts_of
from aftercare.owed.judging import RANK, TONES, Judged, Stand, judge
from aftercare.states import EntitlementStatus, PaperKind, PaperState, months_later
from law.models import Entitlement as Benefit
from law.models import Jurisdiction
from law.states import Moment
from reference.values import PartialDate

KEY_PAPER = PaperKind.RELEASE_CERTIFICATE
ENDED = (EntitlementStatus.PAID, EntitlementStatus.REFUSED)
MOMENTS = {Moment.IMMEDIATE: 0, Moment.INTERIM: 1, Moment.FINAL: 2, "": 3}
STATUS_TONES = {
    EntitlementStatus.NOT_APPLIED: "soon",
    EntitlementStatus.APPLIED: "info",
    EntitlementStatus.GRANTED: "info",
    EntitlementStatus.PAID: "done",
    EntitlementStatus.REFUSED: "past",
}
LIKELY = (Stand.APPLIES, Stand.PROBABLY)


@dataclass
class Owed:
    """One benefit of the law, or a scheme that somebody wrote down, for one person."""

    stand: Stand
    why: str
    law: Any = None
    row: Entitlement | None = None
    papers: list = field(default_factory=list)
    instead: list = field(default_factory=list)
    since: date | None = None
    days: int | None = None
    due_on: date | None = None
    claim_by: date | None = None
    today: date | None = None

    @property
    def name(self):
        return self.row.scheme if self.row and self.row.scheme else self.law.name

    @property
    def tone(self):
        return TONES[self.stand]

    @property
    def label(self):
        return self.stand.label

    @property
    def row_tone(self):
        """The colour of its state with the office that owes it."""
        return STATUS_TONES.get(self.row.status, "plain")

    @property
    def centre_tone(self):
        """The colour of its state at the centre."""
        return STATUS_TONES.get(self.row.centre_status, "plain")

    @property
    def likely(self):
        """Does it apply, as far as anybody can tell?"""
        return self.stand in LIKELY

    @property
    def ended(self):
        """Paid or refused: nobody waits any more."""
        return self.row is not None and self.row.status in ENDED

    @property
    def told_days(self):
        """Is it something to wait for? A right that holds by itself is not."""
        return self.row is not None or bool(self.law and self.law.moment)

    @property
    def late(self):
        """The days in which it was due are over."""
        return bool(self.due_on and self.today and not self.ended and self.due_on < self.today)

    @property
    def too_late(self):
        """The time in which to claim it is over."""
        return bool(self.claim_by and self.today and self.claim_by < self.today)


def owed_to(care, today, law=None, rows=None):
    """What the law gives this person, what applies first; then schemes that the law here does not know.

    `law` is what `Law.read` has read, for pages of many people; `rows` are the entitlements of this care.
    """
    law = law or Law.read({care.case.country or care.office.country})
    rows = entitlements_of(care) if rows is None else rows
    facts = facts_of(care, law.majority(care.case.country or care.office.country))
    started = {row.law_code: row for row in rows if row.law_code}
    states = paper_states(rows)
    found = []
    for benefit, in_force in law.on_day(facts):
        row = started.pop(benefit.code, None)
        judged = judged_by_hand(row) or (judge(benefit, facts) if in_force else of_another_day())
        found.append(standing(benefit, judged, row, facts, today, states))
    found += [without_law(row, facts, today) for row in rows if not row.law_code or row.law_code in started]
    name_alternatives(found)
    return sorted(found, key=order)


def entitlements_of(care):
    """Her entitlements with their papers: two queries, whether there are any or not."""
    rows = {row.pk: row for row in care.entitlements.order_by("scheme", "pk")}
    papers = defaultdict(list)
    for paper in EntitlementPaper.objects.filter(entitlement__care=care).order_by("kind", "pk"):
        papers[paper.entitlement_id].append(paper)
    for pk, row in rows.items():
        row._prefetched_objects_cache = {"papers": papers[pk]}
    return list(rows.values())


class Law:
    """The benefits of some countries, read once."""

    def __init__(self, benefits, majorities):
        self.by_country, self.majorities = defaultdict(lambda: defaultdict(list)), majorities
        for row in benefits:
            self.by_country[row.jurisdiction_id][row.code].append(row)

    @classmethod
    def read(cls, countries):
        rows = Benefit.objects.filter(jurisdiction__in=countries).order_by("code", "valid_from", "pk")
        ages = Jurisdiction.objects.filter(pk__in=countries).values_list("pk", "age_of_majority")
        return cls(rows, dict(ages))

    def majority(self, country):
        """The age of majority; 18 where the law as written does not say."""
        return self.majorities.get(country) or MAJORITY

    def on_day(self, facts):
        """(row, was it law on the day of relief?) of each code: the newest version that may have been."""
        for versions in self.by_country[facts.country].values():
            fitting = [row for row in versions if covers(row, facts.day)]
            yield (fitting or versions)[-1], bool(fitting)


def covers(row, day):
    """Was it law on this day, of which perhaps only the month is known? Without a day: is it the law now?"""
    first, last = (PartialDate(day).first, PartialDate(day).last) if day else (date.max, date.max)
    return (row.valid_from or date.min) <= last and first <= (row.valid_to or date.max)


def judged_by_hand(row):
    """Somebody looked and said that it does not apply."""
    return Judged(Stand.NOT, row.not_due) if row is not None and row.not_due else None


def of_another_day():
    """It came later, or was over."""
    return Judged(Stand.NOT, _("It was not law on the day of relief."))


def standing(benefit, judged, row, facts, today, states):
    """The benefit with its papers, its days and its last day to claim."""
    kinds = {paper.kind: paper for paper in row.papers.all()} if row else {}
    wanted = list(kinds) or benefit.papers
    papers = [(PaperKind(kind), states.get(kind, PaperState.MISSING), kinds.get(kind)) for kind in wanted]
    one = Owed(judged.stand, judged.why, benefit, row, papers, today=today)
    add_days(one, facts)
    return one


def without_law(row, facts, today):
    """A scheme that somebody wrote down by hand: it applies because she says so."""
    papers = [(PaperKind(paper.kind), PaperState(paper.state), paper) for paper in row.papers.all()]
    by_hand = judged_by_hand(row) or Judged(Stand.APPLIES, _("Written down by the team."))
    one = Owed(by_hand.stand, by_hand.why, None, row, papers, today=today)
    add_days(one, facts)
    return one


def add_days(one, facts):
    """Since when the person waits, until when it is due, until when it must be claimed."""
    if one.stand == Stand.NOT:
        return
    row, law = one.row, one.law
    applied = row.applied_on if row else ""
    since = applied or (facts.day if one.likely else "")
    if since:
        one.since = PartialDate(since).last
        until = ended_on(row, one.today)
        one.days = max((until - one.since).days, 0) if until else None
    if law and law.due_days and applied:
        one.due_on = PartialDate(applied).last + timedelta(days=law.due_days)
    if law and law.claim_months and facts.day and not applied:
        one.claim_by = months_later(PartialDate(facts.day).first, law.claim_months)


def ended_on(row, today):
    """Until when the waiting lasted: today while it lasts, None where nobody knows."""
    if row is None or row.status not in ENDED:
        return today
    known = row.paid_on if row.status == EntitlementStatus.PAID else ""
    return PartialDate(known).first if known else None


def paper_states(rows):
    """The best state of each kind of paper: what lies here for one benefit lies here for all."""
    order = [PaperState.MISSING, PaperState.ASKED, PaperState.NOT_NEEDED, PaperState.HERE]
    states = {}
    for row in rows:
        for paper in row.papers.all():
            best = states.get(paper.kind, PaperState.MISSING)
            states[paper.kind] = max(best, PaperState(paper.state), key=order.index)
    return states


def name_alternatives(found):
    """Of benefits of which a person gets one, each names the others that may apply."""
    groups = defaultdict(list)
    for one in found:
        if one.law and one.law.one_of and one.likely:
            groups[one.law.one_of].append(one)
    for group in groups.values():
        for one in group:
            one.instead = [other.name for other in group if other is not one]


def order(one):
    """What applies first; of that what should come at once, then the greater sum."""
    moment = MOMENTS[one.law.moment if one.law else ""]
    worth = (one.law.amount_max or one.law.amount or 0) if one.law else 0
    return RANK[one.stand], moment, -worth, one.name


def late_certificate(found, today):
    """Since when the release certificate is missed, once it is late; None while it is here, asked too early
    or not wanted. It opens everything else."""
    waiting = [
        one
        for one in found
        if one.stand == Stand.APPLIES and one.since and not one.ended
        for kind, state, _paper in one.papers
        if kind == KEY_PAPER and state in (PaperState.MISSING, PaperState.ASKED)
    ]
    since = min((one.since for one in waiting), default=None)
    late = since and (today - since).days > settings.RELEASE_CERTIFICATE_DAYS
    return since if late else None
