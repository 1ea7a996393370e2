"""The rows of the bail board: who is out, who asks, who is held while a clock runs, and what is known."""

from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from cases.querysets import AppNow
from prosecutions.countdown import with_countdown
from prosecutions.models import Accused, BailCondition, BailOrder, Clock, Custody, Hearing, StatusCheck
from prosecutions.states import LIVE_BAIL, Bail
from prosecutions.watching import SERVING, WAITING, afterwards, due_words, last_known, latest_checks, runs
from reference.fields import Last

HELD = "HELD"
SORTS = {
    "": ("rank", F("out_since").asc(nulls_last=True)),
    "hearing": (F("next_at").asc(nulls_last=True),),
    "out": (F("out_since").asc(nulls_last=True),),
    "confirmed": (F("confirmed_on").asc(nulls_first=True),),
    "clock": (F("clock_at").asc(nulls_last=True),),
}


def of(rows, **more):
    return rows.filter(accused=OuterRef("pk"), **more)


def board_rows():
    """One row for each accused of a case who is out on bail, asks for it, or is held while a clock runs."""
    watched = of(BailOrder.objects.watched())
    held = of(Custody.objects.running())
    clocks = of(Clock.objects.running().awake())
    rows = Accused.objects.filter(Exists(watched) | Q(Exists(held), Exists(clocks)))
    return with_places(rows, clocks).select_related("case", "office")


def with_places(rows, clocks):
    """What the board is sorted and narrowed by."""
    out = of(BailOrder.objects.live()).annotate(day=Coalesce(Last("released_on"), Last("decided_on")))
    terms = BailCondition.objects.in_force().filter(bail__accused=OuterRef("pk"), next_on__isnull=False)
    hearings = Hearing.objects.filter(case=OuterRef("case"), outcome="", starts_at__gte=AppNow())
    hearings = hearings.order_by("starts_at", "pk")
    checks = of(StatusCheck.objects.all()).order_by("-on")
    return rows.annotate(
        rank=Case(
            When(Exists(of(BailOrder.objects.filter(status=Bail.BREACHED))), then=0),
            When(Exists(of(BailOrder.objects.pending())), then=1),
            When(Exists(of(BailOrder.objects.live())), then=2),
            default=3,
        ),
        out_since=Subquery(out.order_by("day").values("day")[:1]),
        next_at=Subquery(hearings.values("starts_at")[:1]),
        next_key=Subquery(hearings.values("pk")[:1]),
        confirmed_on=Subquery(checks.values("on")[:1]),
        due_next=Subquery(terms.order_by("next_on").values("next_on")[:1]),
        clock_at=Subquery(clocks.order_by("due_at").values("due_at")[:1]),
    )


def narrowed(rows, *, state="", kind="", case=None, need="", today=None):
    """What the filter asks for."""
    if state == HELD:
        rows = rows.filter(Exists(of(Custody.objects.running())), rank=3)
    elif state:
        rows = rows.filter(Exists(of(BailOrder.objects.filter(status=state))))
    if kind:
        rows = rows.filter(Exists(of(BailOrder.objects.watched(), kind=kind)))
    if case:
        rows = rows.filter(case=case)
    if need == "due":
        rows = rows.filter(due_next__lte=today)
    elif need == "old":
        serving = Exists(of(Custody.objects.running(), kind="sentence"))
        limit = Case(When(serving, then=today - SERVING), default=today - WAITING)
        rows = rows.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=limit))
    elif need == "answer":
        rows = rows.filter(Exists(of(BailOrder.objects.pending(), opposition="")))
    return rows


def in_order(rows, sort):
    """The rows in the order asked for; ties as they were recorded."""
    return rows.order_by(*SORTS.get(sort, SORTS[""]), "created_at", "pk")


def filled(page, now, today_of):
    """The rows of one page with all that they show, in as many queries for one as for fifty."""
    people = list(page)
    ids = [person.pk for person in people]
    before = bails_of(people, now)
    bails = watched_of(people, before)
    clocks = clocks_of(ids)
    wanted = {bail.next_hearing for rows in bails.values() for bail in rows}
    wanted |= {person.next_key for person in people}
    hearings = Hearing.objects.in_bulk(wanted - {None})
    for person in people:
        today = today_of(person.office)
        person.spell = next((spell for spell in person.custodies.all() if runs(spell)), None)
        person.bails = [fill(bail, hearings, today) for bail in bails.get(person.pk, [])]
        if person.spell:
            for bail in person.bails:
                bail.days = None  # granted, and still inside
        person.held_days = days_since(person.spell.starts_on, today) if person.spell else None
        person.known = last_known(person, today)
        person.counting = with_countdown(clocks.get(person.pk, [])[:2], now)
        person.next = hearings.get(person.next_key)
        watched = {bail.pk for bail in person.bails}
        same_person = newest_first(before.get(person.perpetrator_id, []))
        person.earlier = [bail for bail in same_person if bail.pk not in watched]
        for bail in person.earlier[:2]:
            bail.after = afterwards(bail)
        person.elsewhere = [side for side in person.match_sides.all() if side.state != "different"]
    return people


def fill(bail, hearings, today):
    """One bail with its next hearing, its days and its conditions in the order in which they fall due."""
    bail.next = hearings.get(bail.next_hearing)
    bail.days = days_since(bail.since, today) if bail.status in LIVE_BAIL else None
    terms = [term for term in bail.terms.all() if not term.lifted_on]
    bail.asked = sorted(terms, key=lambda term: (term.next_on is None, term.next_on, term.position))
    for term in bail.asked:
        term.due, term.tone = due_words(term, today)
        term.late = term.next_on is not None and term.next_on <= today and bail.status in LIVE_BAIL
    return bail


def bails_of(people, now):
    """Every bail of the same human beings in cases that the viewer may see, by human being, newest first.

    What runs, what went before and what the last word on a person is read from come of this one statement.
    """
    keys = {person.perpetrator_id for person in people}
    rows = BailOrder.objects.filter(accused__perpetrator__in=keys).with_next_hearing(now).for_watch()
    rows = rows.annotate(day=Coalesce(Last("decided_on"), Last("applied_on"), Last("released_on")))
    found = {}
    for bail in rows.prefetch_related("terms__survivor", "breaches"):
        found.setdefault(bail.accused.perpetrator_id, []).append(bail)
    return found


def watched_of(people, bails):
    """The bail that runs or is asked for, by person; broken conditions first."""
    found = {}
    for person in people:
        own = [bail for bail in bails.get(person.perpetrator_id, []) if bail.accused_id == person.pk]
        person._prefetched_objects_cache["bail_orders"] = own  # what the last word on a person reads
        found[person.pk] = [bail for bail in own if bail.status in (*LIVE_BAIL, Bail.SOUGHT)]
    return found


def newest_first(bails):
    """What the court has decided, the latest on top; what has no day comes last."""
    decided = [bail for bail in bails if bail.status != Bail.SOUGHT]
    decided.sort(key=lambda bail: (bail.created_at, str(bail.pk)), reverse=True)
    return sorted(decided, key=lambda bail: bail.day or date.min, reverse=True)


def clocks_of(ids):
    """The clocks that run, by person, what ends first first."""
    found = {}
    rows = Clock.objects.running().awake().filter(accused__in=ids, due_at__isnull=False)
    rows = rows.select_related("rule", "office")
    for clock in rows.order_by("due_at", "pk"):
        found.setdefault(clock.accused_id, []).append(clock)
    return found


def days_since(day, today):
    """How many days since a day that is known to the day; None otherwise."""
    return max((today - day.first).days, 0) if day and day.exact else None


# What `filled` reads of each person beside the annotations.
READ_WITH = ("custodies", "match_sides__other_office", "match_sides__ask")


def with_details(rows):
    return rows.prefetch_related(*READ_WITH, latest_checks())
