"""Who may be the same human being: candidates from the index, evidence for each, earlier answers.

Everything is read through the eyes of whoever looks; the worker, as the principal "matcher", sees all.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from operations.models import Venue
from prosecutions.identity_states import Sameness
from prosecutions.matching.keys import keys_of_all, search_keys
from prosecutions.matching.weighing import PROPOSE, Traits, Weighed, weigh
from prosecutions.models import Accused, Arrest, IdentityAnswer, NameForm
from reference.sealed import token
from survivors.words import phone_words

MOST = 300  # candidates that are weighed by their names
FEW = 60  # of which so many are weighed by everything
ENOUGH = 30  # fewer than this: look for single words as well
SHOWN = 10
PHONE = "t:"


@dataclass(frozen=True)
class Proposal:
    """Somebody who may be the same, and why."""

    other: Accused
    weighed: Weighed
    answer: str = ""

    @property
    def score(self):
        return self.weighed.score


def names_of(accused):
    """All that the person is called; a description is no name."""
    return tuple(name for name in (accused.name, *accused.aliases) if name)


def phone_keys(phones, *countries):
    """The blind index of these numbers: they can be found to be equal, not read."""
    words = {word for phone in phones or () for word in phone_words(phone, *countries)}
    return sorted(f"{PHONE}{token('prosecutions.Accused phone', word).hex()}" for word in words)


def phones_of(accused):
    """The numbers themselves: for the index, and for the form of whoever may write."""
    return accused.phones.open() if accused.phones else []


def keys_of_person(accused):
    """What the person is looked up by."""
    return keys_of_all(names_of(accused)) + phone_keys(phones_of(accused), *countries_of(accused))


def countries_of(accused):
    return sorted({*accused.nationality, accused.case.office.country} - {""})


def candidates(names, phones=(), most=MOST):
    """Ids of those who may be meant, the likeliest first: in reach of whoever looks."""
    first, alone = search_keys(names)
    found = _with_keys([*first, *phones], most)
    if len(found) < ENOUGH and alone:
        found += [pk for pk in _with_keys(alone, most) if pk not in found]
    return found


def _with_keys(keys, most):
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT accused_with_keys(%s::varchar[], %s)", [list(keys), most])
        return [pk for (pk,) in cursor.fetchall()]


def traits_of(rows):
    """{id: Traits} of records with what stands around them; as many queries for one as for many."""
    rows = list(rows)
    cases = {row.case_id for row in rows}
    people, venues, where = defaultdict(list), defaultdict(dict), defaultdict(set)
    for pk, case, person in Accused.objects.filter(case__in=cases).values_list(
        "pk", "case_id", "perpetrator_id"
    ):
        people[case].append((pk, person))
    for venue in Venue.objects.filter(case__in=cases).exclude(name=""):
        venues[venue.case_id][venue.key] = venue
    for accused, at in Arrest.objects.filter(accused__in=rows).exclude(at="").values_list("accused_id", "at"):
        where[accused].add(at)
    forms = NameForm.objects.filter(accused__in=rows).values_list("accused_id", "keys")
    phones = {pk: frozenset(key for key in keys if key.startswith(PHONE)) for pk, keys in forms}
    return {
        row.pk: traits(row, phones.get(row.pk, frozenset()), people, venues[row.case_id], where[row.pk])
        for row in rows
    }


def traits(row, phones, people, venues, arrested_at):
    """What is compared of one record."""
    places = [venue for key, venue in venues.items() if row.key in venue.run_by or key in arrested_at]
    return Traits(
        names=names_of(row),
        phones=phones,
        places=tuple(row.places),
        position=row.position,
        roles=frozenset(row.roles),
        born=row.born_year,
        networks=(row.network.name,) if row.network else (),
        venues=tuple(f"{venue.name} {venue.locality}".strip() for venue in places),
        with_people=frozenset(person for pk, person in people[row.case_id] if pk != row.pk),
        gender=row.gender,
        nationality=frozenset(row.nationality),
    )


def weighed(asked, pks, *, leave_out=()):
    """(row, Weighed) of these people against what is asked for, the likeliest first."""
    rows = Accused.objects.filter(pk__in=pks).exclude(perpetrator__in=leave_out)
    by_names = []
    phones = dict(NameForm.objects.filter(accused__in=pks).values_list("accused_id", "keys"))
    for row in rows.select_related("case__office", "network"):
        same_phone = asked.phones & set(phones.get(row.pk, ()))
        found = weigh(Traits(names=asked.names), Traits(names=names_of(row)))
        by_names.append((found.score + 45 * bool(same_phone), str(row.pk), row))
    by_names.sort(key=lambda entry: (-entry[0], entry[1]))
    near = [row for _score, _pk, row in by_names[:FEW]]
    around = traits_of(near)
    found = [(row, weigh(asked, around[row.pk])) for row in near]
    return sorted(found, key=lambda entry: (-entry[1].score, str(entry[0].pk)))


def proposals_for(accused, *, limit=PROPOSE):
    """Who in another case, or in this one, may be the same as a person on record."""
    keys = NameForm.objects.filter(accused=accused).values_list("keys", flat=True).first() or ()
    phones = sorted(key for key in keys if key.startswith(PHONE))
    pks = [pk for pk in candidates(names_of(accused), phones) if pk != accused.pk]
    if not pks:
        return []  # nothing to weigh: what stands around the person need not be read
    asked = traits_of([accused])[accused.pk]
    settled, answers = people_told_apart(accused)
    found = weighed(asked, pks, leave_out=[accused.perpetrator_id, *settled])
    return [Proposal(row, why, answers.get(row.pk, "")) for row, why in found if why.score >= limit][:SHOWN]


def people_told_apart(accused):
    """Human beings of whom somebody has said, from either side, that this is not one; and {record: later}."""
    told_apart = Q(answer=Sameness.DIFFERENT) & (Q(accused=accused) | Q(other=accused))
    said = IdentityAnswer.objects.filter(told_apart | Q(answer=Sameness.LATER, accused=accused))
    records, later = set(), {}
    for one, other, word in said.values_list("accused", "other", "answer"):
        if word == Sameness.LATER:
            later[other] = word
        else:
            records |= {one, other}
    others = Accused.objects.filter(pk__in=records - {accused.pk})
    return list(others.values_list("perpetrator", flat=True)) if records else [], later


def proposals_of(asked, *, leave_out=(), limit=PROPOSE):
    """The same for somebody who is being typed in."""
    pks = candidates(asked.names, sorted(asked.phones))
    found = weighed(asked, pks, leave_out=leave_out)
    return [Proposal(row, why) for row, why in found if why.score >= limit][:SHOWN]
