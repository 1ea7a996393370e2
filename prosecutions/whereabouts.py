"""Who is expected where, as whoever looks may see it: hearings as appointments, ways, and people away."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef
from django.utils.translation import gettext as _

from accounts.models import Deputy
from law.models import Travel
from prosecutions.clashes import Appointment, Clash, clash_of, find_clashes
from prosecutions.models import Hearing
from reference.templatetags.show import clock

FAR = timedelta(hours=24)  # hearings further apart than this stand in nobody's way


def appointment(hearing: Any) -> Appointment:
    """One hearing, with its proceeding, court and office read along."""
    proceeding = hearing.proceeding
    court = proceeding.known_court
    return Appointment(
        key=hearing.pk,
        who=hearing.who_goes_id,
        day=hearing.on.first,
        begins=hearing.starts_at if hearing.local_time else None,
        court=court_key(proceeding),
        town=court.place if court and court.place else hearing.office.city,
        proceeding=hearing.proceeding_id,
        version=hearing.schedule_version,
    )


def court_key(proceeding: Any) -> str:
    """The court of the list, else the words that were written."""
    if proceeding.known_court_id:
        return f"id:{proceeding.known_court_id}"
    return f"written:{' '.join(proceeding.court.casefold().split())}" if proceeding.court.strip() else ""


def known_ways() -> dict[frozenset, int]:
    """Minutes between two courts of the list."""
    rows = Travel.objects.values_list("one_id", "other_id", "minutes")
    return {frozenset({f"id:{one}", f"id:{other}"}): minutes for one, other, minutes in rows}


def going(rows: Any) -> Any:
    """Of these hearings, those that are ahead of somebody, known to the day, with all that is needed."""
    rows = rows.expected().exclude(who_goes=None).filter(starts_at__isnull=False)
    return rows.select_related("proceeding__known_court", "office", "case", "who_goes").order_by(
        "starts_at", "pk"
    )


def clashes_among(rows: Any, ways: Any = None) -> list[Clash]:
    """The clashes among these hearings."""
    dated = [appointment(hearing) for hearing in going(rows) if hearing.on.parts[2]]
    if len(dated) < 2:
        return []
    return find_clashes(dated, known_ways() if ways is None else ways)


def crowded(rows: Any) -> Any:
    """Hearings with another of the same person within a day: the few worth reckoning with."""
    others = Hearing.objects.expected().filter(
        who_goes=OuterRef("who_goes"),
        starts_at__gt=ExpressionWrapper(OuterRef("starts_at") - FAR, output_field=DateTimeField()),
        starts_at__lt=ExpressionWrapper(OuterRef("starts_at") + FAR, output_field=DateTimeField()),
    )
    return rows.filter(Exists(others.exclude(pk=OuterRef("pk")).exclude(proceeding=OuterRef("proceeding"))))


def warned(hearing: Any, people: Any) -> dict[Any, list[str]]:
    """{person: what stands in the way of her going there}, of several people in one go."""
    if hearing.starts_at is None or not hearing.on.parts[2]:
        return {}
    around = Hearing.objects.between(hearing.starts_at - FAR, hearing.starts_at + FAR)
    others = list(going(around.filter(who_goes__in=people).exclude(pk=hearing.pk)))
    ways, mine = known_ways() if others else {}, appointment(hearing)
    found: dict[Any, list[str]] = {}
    for other in others:
        if other.on.parts[2] and (clash := clash_of(mine, appointment(other), ways)):
            found.setdefault(other.who_goes_id, []).append(said(clash, other))
    away = Deputy.objects.filter(person__in=people, ended_at=None, starts_at__lte=hearing.starts_at)
    for deputy in away.filter(until__gt=hearing.starts_at).select_related("deputy", "person").order_by("pk"):
        found.setdefault(deputy.person_id, []).append(away_said(deputy))
    return found


def said(clash: Clash, other: Any) -> str:
    """One sentence about the other hearing of a clash."""
    facts = {"number": other.case.number, "time": wall_time(other)}
    if clash.free is None:
        return _("The same day as a hearing in %(number)s in another town; no hour is known.") % facts
    if clash.overlap:
        return _("At the same time as a hearing in %(number)s at %(time)s.") % facts
    facts |= {"free": clash.free, "way": clash.way}
    if clash.estimated:
        return (
            _(
                "%(free)s minutes from or to a hearing in %(number)s at %(time)s; "
                "the way takes about %(way)s minutes (estimated)."
            )
            % facts
        )
    return (
        _("%(free)s minutes from or to a hearing in %(number)s at %(time)s; the way takes %(way)s minutes.")
        % facts
    )


def wall_time(hearing: Any) -> str:
    """The hour on the clock of the hearing's office."""
    if not hearing.local_time:
        return ""
    return clock(hearing.starts_at.astimezone(ZoneInfo(hearing.office.time_zone)).time())


def warnings(hearing: Any) -> list[str]:
    """What stands in the way of whoever goes to this hearing, in sentences."""
    who = hearing.who_goes_id
    return warned(hearing, [who]).get(who, []) if who and not hearing.outcome else []


def away_said(deputy: Any) -> str:
    words = _("%(person)s is away then; %(deputy)s stands in.")
    return words % {"person": deputy.person.name, "deputy": deputy.deputy.name}
