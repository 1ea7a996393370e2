"""The care of one survivor: where she lives, plans, scores, services, contacts, how it ends."""

from desk.making.pen import Pen, day
from desk.making.road import CARE_ENDS

HOMES = {"ngo_shelter": 40, "government_shelter": 25, "own_family": 20, "kin": 10, "foster_care": 5}
DOMAINS = (
    "safety", "legal_protection", "mental_wellbeing", "economic_empowerment_education", "social_support",
    "physical_wellbeing",
)  # fmt: skip
GOALS = {
    "safety": "Lives where the accused does not find her",
    "legal_protection": "Knows what to expect in court", "mental_wellbeing": "Sleeps through the night",
    "social_support": "Has two people she trusts", "economic_empowerment_education": "Is back in school",
    "physical_wellbeing": "Is healthy",
}  # fmt: skip
SERVICES = (
    "counselling", "medical", "education", "legal_accompaniment", "home_visit", "cash",
    "vocational_training", "transport", "family_mediation", "trauma_therapy",
)  # fmt: skip
WAYS = ("visit", "call", "office", "shelter", "message", "school_or_work")


def look_after(pen: Pen, tale, survivor: str, child: bool) -> None:
    """Care from the relief until it ends, if it has ended."""
    status, begun, over, _reason = tale.stands("aftercare")
    if not status or not pen.often(0.85):
        return
    key, today = pen.key(), tale.today
    worker = tale.team["social_worker"]
    result = pen.weighed(CARE_ENDS) if over else "" if pen.often(0.3) else "in_care"
    until = over or today
    review = until + pen.between(-25, 150) if not over else None
    risk = pen.weighed({"low": 5, "medium": 3, "high": 2})
    pen.put(
        "care",
        key,
        tale.scope,
        survivor,
        worker,
        risk,
        f"{day(begun)} 06:00+00",
        day(review),
        result,
        day(over),
    )
    stays(pen, tale, key, begun, until, bool(over))
    planned(pen, tale, key, begun, until)
    scored(pen, tale, key, begun, until, worker)
    helped(pen, tale, key, begun, until, worker, bool(over))


def stays(pen: Pen, tale, care: str, begun: int, until: int, over: bool) -> None:
    """A shelter first, then a family."""
    moved = begun + pen.spell(4.8, 0.8, 900)
    end = moved if moved < until else until if over else None
    pen.put("placement", pen.key(), tale.scope, care, 1, pen.weighed(HOMES), day(begun), day(end))
    if moved < until:
        ended = day(until) if over else ""
        pen.put(
            "placement", pen.key(), tale.scope, care, 2, pen.one(("own_family", "kin")), day(moved), ended
        )


def planned(pen: Pen, tale, care: str, begun: int, until: int) -> None:
    """A plan every half year, with goals in two or three of the six areas."""
    made = begun + pen.between(7, 40)
    for number in range(1, 1 + min(1 + (until - begun) // 400, 3)):
        if made > until:
            return
        key, review = pen.key(), made + 180
        done = review <= until
        pen.put(
            "plan",
            key,
            tale.scope,
            care,
            number,
            day(made),
            day(review),
            day(review) if done else "",
            day(made),
        )
        for place in range(1, pen.between(1, 3) + 1):
            area = pen.one(DOMAINS)
            state = pen.weighed({"done": 6, "dropped": 1, "in_progress": 3}) if done else "in_progress"
            pen.put("goal", pen.key(), tale.scope, key, place, area, GOALS[area], day(review),
                    day(review) if state == "done" else "", state)  # fmt: skip
        made = review + pen.between(0, 20)


def scored(pen: Pen, tale, care: str, begun: int, until: int, worker: str) -> None:
    """Scores at intake and each year: most people get better, not everybody, and not every area is known."""
    level, on, rows, scope = 1.3 + pen.luck.random(), begun + 10, pen.lines["score"], tale.scope
    for place in range(1, 1 + min(2 + (until - begun) // 365, 4)):
        if on > until:
            return
        key = pen.key()
        reason = "intake" if place == 1 else "annual"
        pen.put("assessment", key, scope, care, place, day(on), reason, worker)
        for domain in DOMAINS:
            if pen.luck.random() < 0.95:
                value = min(4.0, max(1.0, level + pen.luck.random() - 0.4))
                rows.append(f"{pen.key()}\t{scope}\t{key}\t{domain}\t{value:.4f}")
        level, on = level + 0.2 + pen.luck.random() * 0.6, on + 365


def helped(pen: Pen, tale, care: str, begun: int, until: int, worker: str, over: bool) -> None:
    """Services, and when she was met or reached; somebody in care was mostly seen of late."""
    for _turn in range(pen.between(0, 3)):
        on = begun + int(pen.luck.random() * (until - begun + 1))
        cost = f"{tale.place.surety * pen.between(1, 10) // 100}.00" if pen.often(0.4) else None
        pen.put("service", pen.key(), tale.scope, care, pen.common(SERVICES), day(on), cost,
                tale.place.currency if cost else "", None)  # fmt: skip
    last = until - int(pen.luck.expovariate(1 / 12))
    for on in {max(begun, last), begun + (until - begun) // 2}:
        pen.put(
            "contact",
            pen.key(),
            tale.scope,
            care,
            f"{day(on)} 07:15+00",
            pen.common(WAYS),
            pen.often(0.93),
            pen.weighed({"yes": 8, "unsure": 2}),
            worker,
        )
