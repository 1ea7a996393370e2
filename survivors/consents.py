"""Who may be told what: the one place that exports, referrals and stories ask.

The latest word that speaks of a receiver decides. It is worth nothing when it has run out, was taken back,
when the child does not agree, or when whoever gave it may not: somebody accused, or close to somebody who is.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import ngettext

from cases.clock import today_in
from cases.models import Agency
from reference.values import PartialDate, Quantity
from survivors.from_above import accused_in
from survivors.models import Age, Consent, Kinship, Survivor
from survivors.states import (
    FAMILY_GIVERS,
    TOLD_AT_LEAST,
    ConsentGiver,
    LeftOut,
    Relation,
    Shared,
)

ADULT = 18
NOT_CLOSE = (Relation.NEIGHBOUR, Relation.FRIEND, Relation.EMPLOYER, Relation.UNRELATED)
MOST_CODES = 200


@dataclass(frozen=True)
class Answer:
    """What one wallet says to one receiver."""

    consent: Consent | None
    reason: str = ""
    told: tuple[str, ...] = ()


def reasons_against(survivors, *, purpose, receiver="", key="", what=(), now):
    """{id of a survivor: why her record may not be passed on}; those whose record may are not in it."""
    found = answers(survivors, purpose=purpose, receiver=receiver, key=key, what=what, now=now)
    return {pk: answer.reason for pk, answer in found.items() if answer.reason}


def answers(survivors, *, purpose, receiver="", key="", what=(), now):
    """{id of a survivor: what her wallet says}. `key` is the receiver's among the agencies of the case."""
    wallets = Wallets(survivors, now)
    asked = {"purpose": purpose, "receiver": receiver, "key": key, "what": what}
    return {survivor.pk: wallets.answer(survivor, **asked) for survivor in wallets.survivors}


class Wallets:
    """The wallets of these people, read once and asked as often as wanted."""

    def __init__(self, survivors, now):
        self.survivors, self.now = list(survivors), now
        self.given, self.names = consents_of(self.survivors), agencies_of(self.survivors)
        self.fitness = Fitness(self.survivors, now)

    def answer(self, survivor, *, purpose, receiver="", key="", what=()):
        """What hers says to this receiver for this purpose."""
        given = self.given[survivor.pk, str(purpose or "")]
        speaking = [row for row in given if speaks_of(row, self.names, receiver, key)]
        consent, reason = judge(given, speaking, today_in(survivor.office, self.now))
        reason = reason or self.fitness.against(consent, survivor)
        if not reason and consent.what and not set(what) <= set(consent.what):
            reason = LeftOut.LESS
        return Answer(consent, reason, () if reason else told_by(consent))


def told_by(consent):
    """What may be told under this consent, in the order of the list."""
    wanted = set(consent.what or TOLD_AT_LEAST)
    return tuple(code for code in Shared.values if code in wanted)


def consents_of(survivors):
    """{(id of a survivor, purpose): her consents for it, the latest first}."""
    found = defaultdict(list)
    for row in Consent.objects.filter(survivor__in=survivors).order_by("-created_at", "-pk"):
        found[row.survivor_id, row.purpose].append(row)
    return found


def agencies_of(survivors):
    """{(case, local key): name of the agency}: consents name their receiver by the key."""
    rows = Agency.objects.filter(case__in={survivor.case_id for survivor in survivors})
    return {(row.case_id, row.key): plain(row.name) for row in rows}


def judge(consents, speaking, today):
    """(the word that counts, why it is none): the latest that speaks of this receiver and has not run out."""
    if not consents:
        return None, LeftOut.NEVER_ASKED
    if not speaking:
        return None, LeftOut.OTHER_RECEIVER
    valid = [row for row in speaking if not row.given or not ran_out(row, today)]
    if not valid:
        return speaking[0], LeftOut.RAN_OUT
    latest = valid[0]
    if not latest.given:
        return latest, LeftOut.REFUSED
    return latest, LeftOut.WITHDRAWN if latest.withdrawn_on else ""


def ran_out(consent, today):
    """Its last day has passed."""
    return bool(consent.until) and consent.until.last < today


def speaks_of(consent, names, receiver, key=""):
    """For everybody, or for this very receiver."""
    if not consent.to and not consent.receiver:
        return True
    if key and consent.to == key:
        return True
    wanted = plain(receiver)
    return bool(wanted) and wanted in (names.get((consent.case_id, consent.to)), plain(consent.receiver))


def plain(name):
    """A name as it is compared: capitals and spaces do not matter."""
    return " ".join(name.split()).casefold()


class Fitness:
    """Whether consents of these people count at all, whatever they say; read once, when it is asked."""

    def __init__(self, survivors, now):
        self.survivors, self.now = survivors, now
        self.cases = {survivor.case_id for survivor in survivors}

    @cached_property
    def accused(self):
        """(case, local key) of whoever is accused."""
        return accused_in(self.cases)

    @cached_property
    def ties(self):
        """{(case, local key): the keys of those who are close}, both ways."""
        ties = defaultdict(set)
        rows = Kinship.objects.filter(case__in=self.cases).exclude(who="").exclude(relation__in=NOT_CLOSE)
        for case, of, who in rows.values_list("case_id", "of", "who"):
            ties[case, of].add(who)
            ties[case, who].add(of)
        return ties

    @cached_property
    def ages(self):
        """{id of a survivor: her ages of which both the number and the day are known}."""
        ages = defaultdict(list)
        for age in Age.objects.filter(survivor__in=self.survivors).exclude(years="").exclude(on=""):
            ages[age.survivor_id].append(age)
        return ages

    def against(self, consent, survivor):
        """Why this given consent is worth nothing; empty when it is."""
        if consent.assent is False:
            return LeftOut.NO_ASSENT
        if consent.giver == ConsentGiver.SELF and self.is_child(survivor):
            return LeftOut.TOO_YOUNG
        if self.bars(survivor, consent.giver, consent.giver_key):
            return LeftOut.NOT_ENTITLED
        return ""

    def bars(self, survivor, giver, giver_key=""):
        """May this giver not answer for her? Nor may somebody unnamed of a family with an accused in it."""
        if giver_key:
            return self.close_to_accused(survivor.case_id, giver_key)
        return giver in FAMILY_GIVERS and bool(self.accused_around(survivor))

    def close_to_accused(self, case_id, key):
        """Accused in the case, or recorded as kin of somebody who is."""
        keys = {key, *self.ties[case_id, key]}
        return any((case_id, one) in self.accused for one in keys)

    def accused_around(self, survivor):
        """The keys of the accused among her own kin."""
        kin = self.ties[survivor.case_id, survivor.key]
        return sorted(key for key in kin if (survivor.case_id, key) in self.accused)

    def is_child(self, survivor):
        """Under 18 today, as far as is known; a child at relief stays one until it is known better."""
        today = today_in(survivor.office, self.now)
        if survivor.birth_year:
            years = today.year - PartialDate(survivor.birth_year).first.year
            if years != ADULT:  # in the year of the birthday she may be either: her own word counts
                return years < ADULT
            return False
        years = self.years_of(survivor, today)
        return years < ADULT if years is not None else survivor.child is True

    def years_of(self, survivor, today):
        """Her age today by the ages on record, the youngest that it can be; None when none has a date."""
        known = []
        for age in self.ages[survivor.pk]:
            quantity = Quantity.of(age.years)
            years = quantity.low if quantity.low is not None else quantity.high
            known.append(years + Decimal((today - age.on.last).days) / Decimal("365.25"))
        return min(known, default=None)


def words_for(reason):
    """Why, as it is read on a page."""
    return LeftOut(reason).label


def counts_told(reasons):
    """Sentences: how many were left out, by reason."""
    return [
        ngettext("%(number)s person: %(reason)s", "%(number)s people: %(reason)s", number)
        % {"number": number, "reason": words_for(reason)}
        for reason, number in sorted(Counter(str(reason) for reason in reasons).items())
    ]


def codes_told(reasons):
    """[(case number and code, why)] of those left out whom the reader may still see: never a name."""
    known = Survivor.objects.filter(pk__in=reasons).for_list()[:MOST_CODES]
    return [(f"{one.case.number} {one.code}", str(words_for(reasons[str(one.pk)]))) for one in known]
