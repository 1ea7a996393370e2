"""Hit or no hit between offices: each side learns that there is a match and whom to ask, and nothing else.

It looks as the principal "matcher", sealed cases included. What a hit may give away, and why somebody
who has not yet been arrested gives none: docs/adr (hit and no hit).
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Membership, User
from accounts.roles import Role
from audit.actions import record
from cases.models import Assignment
from cases.querysets import OPEN_TO_OFFICE, holding_now
from cases.states import LegalStatus
from operations.models import Operation
from operations.states import OperationStatus
from prosecutions.actions.casework import put
from prosecutions.actions.identity import carry, join_people, take_back
from prosecutions.actions.naming import index_missing
from prosecutions.identity_states import MatchState, Sameness
from prosecutions.matching.weighing import ACROSS
from prosecutions.models import Accused, MatchPair, MatchSide, NameForm, PersonLink
from prosecutions.proposals import candidates, traits_of, weighed
from prosecutions.states import Charging, Standing

AT_A_TIME = 50
BEFORE_ARREST = (LegalStatus.INTAKE, LegalStatus.INVESTIGATION, "")
ASKED_FIRST = (Role.LAWYER, Role.LEGAL_LEAD, Role.PARALEGAL, Role.CASEWORKER, Role.INVESTIGATOR)


def compare_offices(*, by: User, now: datetime) -> int:
    """One round; how much there was to do. Harmless to repeat: every pair and side is there once."""
    done = index_missing()
    done += find_pairs(now=now)
    done += settle_answers(by=by, now=now)
    done += tell_sides(by=by, now=now)
    done += finish_links(by=by, now=now)
    return done


def find_pairs(*, now: datetime) -> int:
    """Compare whoever is new, renamed or arrested with the people of all other offices."""
    due = NameForm.objects.filter(due=True).order_by("created_at", "pk").select_for_update(skip_locked=True)
    forms = list(due.values_list("pk", "accused_id")[:AT_A_TIME])
    rows = Accused.objects.counted().filter(pk__in=[accused for _pk, accused in forms])
    rows = list(rows.select_related("case__office", "network"))
    asked = traits_of(rows)
    for row in rows:
        found = weighed(asked[row.pk], candidates(asked[row.pk].names, sorted(asked[row.pk].phones)),
                        leave_out=[row.perpetrator_id])  # fmt: skip
        for other, why in found:
            if why.score >= ACROSS and other.office_id != row.office_id and counts(other):
                pair_of(row, other, why.score)
    NameForm.objects.filter(pk__in=[pk for pk, _accused in forms]).update(due=False)
    return len(forms)


def counts(row: Accused) -> bool:
    return row.standing in (Standing.ACCUSED, Standing.SUSPECT)


def pair_of(row: Accused, other: Accused, score: int) -> MatchPair:
    """The pair of two records, whichever was found first."""
    one, two = sorted((row.pk, other.pk))
    pair, _new = MatchPair.objects.get_or_create(one_id=one, two_id=two, defaults={"score": score})
    return pair


def tell_sides(*, by: User, now: datetime) -> int:
    """Each side of an open pair that may know of the other gets its row, the likeliest pair first."""
    told = 0
    there = MatchSide.objects.filter(pair=OuterRef("pk"))
    ones = Exists(there.filter(accused=OuterRef("one")))
    twos = Exists(there.filter(accused=OuterRef("two")))
    pairs = MatchPair.objects.filter(state=MatchState.OPEN).filter(~ones | ~twos)
    pairs = pairs.select_related("one__case__office", "two__case__office").order_by(
        "-score", "created_at", "pk"
    )
    for pair in pairs:
        if pair.one.perpetrator_id == pair.two.perpetrator_id:
            put_state(pair, MatchState.CONFIRMED)
            continue
        told += tell(pair, pair.one, pair.two, by=by, now=now)
        told += tell(pair, pair.two, pair.one, by=by, now=now)
    return told


def tell(pair: MatchPair, ours: Accused, theirs: Accused, *, by: User, now: datetime) -> int:
    """Tell our side that the other office knows the person, if it may be known and somebody can be asked."""
    if MatchSide.objects.filter(pair=pair, accused=ours).exists():
        return 0
    waiting = MatchSide.objects.filter(accused=ours, other_office=theirs.office_id, state=MatchState.OPEN)
    if waiting.exists() or told_of(ours, theirs) or not may_be_known(theirs):
        return 0
    ask = whom_to_ask(theirs)
    if ask is None:
        return 0
    side = MatchSide.objects.create(
        case_id=ours.case_id, accused=ours, pair=pair, other_office_id=theirs.office_id, ask_id=ask
    )
    record("match.find", by=by, subject=side, at=now)
    return 1


def told_of(ours: Accused, theirs: Accused) -> bool:
    """The same human being of the other office was asked about already, by another of its records."""
    pairs = MatchSide.objects.filter(accused=ours, other_office=theirs.office_id)
    same = Q(pair__one__perpetrator=theirs.perpetrator_id) | Q(pair__two__perpetrator=theirs.perpetrator_id)
    return pairs.filter(same).exists()


def may_be_known(row: Accused) -> bool:
    """Has the law laid hands on her already? A hit on somebody who is still being sought could warn her."""
    if row.arrests.exists() or row.custodies.exists() or row.bail_orders.exists() or row.verdicts.exists():
        return True
    if row.charges.filter(status__in=[Charging.FILED, Charging.AMENDED, Charging.DECIDED]).exists():
        return True
    planned = Operation.objects.filter(case=row.case_id, status=OperationStatus.PLANNED)
    early = row.case.legal_status in BEFORE_ARREST
    return not (row.standing == Standing.SUSPECT or early or planned.exists())


def whom_to_ask(row: Accused) -> UUID | None:
    """The lawyer of the case, else the legal lead; of a restricted case only people who are named on it."""
    named = Assignment.objects.filter(holding_now(), case=row.case_id, kind="team", user__is_active=True)
    by_role: dict[str, UUID] = {}
    for role, user in named.order_by("-started_at", "pk").values_list("role", "user_id"):
        by_role[role] = user
    if Role.LAWYER not in by_role and row.sensitivity == OPEN_TO_OFFICE:
        leads = Membership.objects.filter(
            office=row.office_id, role=Role.LEGAL_LEAD, ended_at=None, user__is_active=True
        )
        if lead := leads.order_by("started_at", "pk").values_list("user_id", flat=True).first():
            return lead
    return next((by_role[role] for role in (*ASKED_FIRST, *by_role) if role in by_role), None)


def settle_answers(*, by: User, now: datetime) -> int:
    """Both said the same: one human being. One said otherwise: the match is over for both."""
    done = 0
    answered = MatchSide.objects.filter(pair=OuterRef("pk"))
    differ = Exists(answered.filter(answer=Sameness.DIFFERENT).exclude(state=MatchState.DIFFERENT))
    for pair in MatchPair.objects.filter(differ):
        put_state(pair, MatchState.DIFFERENT)
        done += 1
    agreed = MatchPair.objects.filter(state=MatchState.OPEN).select_related("one", "two")
    for pair in agreed.filter(Exists(answered.filter(answer=Sameness.SAME))):
        sides = list(pair.sides.all())
        if len(sides) == 2 and all(side.answer == Sameness.SAME for side in sides):
            done += confirm(pair, by=by, now=now)
    return done


def confirm(pair: MatchPair, *, by: User, now: datetime) -> int:
    """The younger record joins the older; two people who stand in one case stay two."""
    older, younger = sorted((pair.one, pair.two), key=lambda row: (row.created_at, str(row.pk)))
    cases = [set(Accused.objects.filter(perpetrator=row.perpetrator_id).values_list("case_id", flat=True))
             for row in (older, younger)]  # fmt: skip
    if cases[0] & cases[1]:
        put_state(pair, MatchState.DIFFERENT)
        return 1
    put_state(pair, MatchState.CONFIRMED)
    join_people(younger, older, by=by, now=now, why="")
    return 1


def put_state(pair: MatchPair, state: MatchState) -> None:
    """The pair and both its sides."""
    MatchPair.objects.filter(pk=pair.pk).update(state=state)
    for side in pair.sides.exclude(state=state):
        put(side, state=state)


def finish_links(*, by: User, now: datetime) -> int:
    """Carry along, or back, the records of cases that whoever decided does not see."""
    return carry_along(by=by, now=now) + carry_back(by=by, now=now)


def carry_along(*, by: User, now: datetime) -> int:
    left = Accused.objects.filter(perpetrator=OuterRef("was"))
    links = PersonLink.objects.filter(Exists(left), undone_at=None).order_by("linked_at", "pk")
    done = 0
    for link in links:
        taken = Accused.objects.filter(perpetrator=link.now_id).values("case")
        for row in _standing(Accused.objects.filter(perpetrator=link.was_id).exclude(case__in=taken), link):
            carry(row, link.now_id, by=by, now=now, batch=link.batch, why=link.why)
            done += 1
    return done


def _standing(rows: QuerySet, link: PersonLink) -> Iterable[Accused]:
    """Not those that somebody took back since, nor those that came to be that person only afterwards."""
    returned = PersonLink.objects.filter(accused=OuterRef("pk"), was=link.was_id, undone_at__isnull=False)
    came_later = PersonLink.objects.filter(
        accused=OuterRef("pk"), now=link.was_id, linked_at__gt=link.linked_at
    )
    rows = rows.filter(created_at__lte=link.linked_at)
    return list(
        rows.filter(~Exists(returned), ~Exists(came_later)).select_for_update(of=("self",), no_key=True)
    )


def carry_back(*, by: User, now: datetime) -> int:
    undone = PersonLink.objects.filter(batch=OuterRef("batch"), undone_at__isnull=False)
    links = PersonLink.objects.filter(Exists(undone), undone_at=None).select_related("accused")
    done = 0
    for link in links:
        if link.accused.perpetrator_id == link.now_id:
            first = PersonLink.objects.filter(batch=link.batch, undone_at__isnull=False).first()
            take_back(link, by=by, now=now, why=first.undone_why if first else "-")
            done += 1
    return done
