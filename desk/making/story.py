"""One case from its opening until today: its two tracks, its team, and what hangs from both."""

from dataclasses import dataclass, field
from datetime import date

from desk.making import courts, people, road
from desk.making.pen import Desk, Pen, Seals, World, bytes_of, day, listed

MADE = "made by make_data"  # among the sources of every case that is made up
TYPES = {
    "PH": {"osec": 45, "csec": 25, "sex_trafficking": 15, "sexual_violence": 15},
    "IN": {"bonded_labour": 50, "csec": 20, "sex_trafficking": 20, "trafficked_labour": 10},
    "GH": {"child_labour_slavery": 70, "trafficked_labour": 20, "sexual_violence": 10},
    "BO": {"sexual_violence": 75, "sex_trafficking": 20, "trafficked_labour": 5},
}
ELSEWHERE = {"sex_trafficking": 45, "csec": 30, "trafficked_labour": 25}
PLACES = (
    "market street", "harbour", "bus station", "kiln", "quarry", "river side", "old mill", "north gate",
    "ring road", "station road", "lake side", "bridge", "hill", "border road", "workers' rows",
)  # fmt: skip
SCENES = (
    "flat", "bar", "guest house", "workshop", "karaoke house", "private house", "farm",
    "massage parlour", "boat", "factory", "kiln site", "online account", "tea shop", "village",
)  # fmt: skip
SOURCES = ("a neighbour", "the police", "a teacher", "a relative", "a hospital", "a partner organisation",
           "a hotline", "a former survivor", "a village council")  # fmt: skip
DONORS = ("Harbour Trust", "Justice Fund", "Open Door Foundation", "Ministry grant", "Lantern Appeal")
WORDS = ("Spoke with the station; the file is with the prosecutor.", "Family visited, nothing new.",
         "The witness moved; new number is with the lawyer.", "Asked the clerk for the next date.",
         "Medical report received.", "The court was told that the survivor is ill.")  # fmt: skip
TODO = (
    "Ask the clerk for the order", "Call the prosecutor", "Bring the medical report",
    "Confirm the interpreter", "Visit the family", "Write the summary for the donor",
    "Check the address of the witness",
)  # fmt: skip
LONG_AGO = 20 * 365


@dataclass
class Tale:
    """A case while it is told."""

    desk: Desk
    key: str
    opened: int
    today: int
    casework: str
    sensitivity: int = 0
    survivors: int = 1
    accused: int = 1
    scope: str = ""
    relieved: int | None = None
    seals: Seals = field(init=False)
    team: dict[str, str] = field(default_factory=dict)
    moves: list[tuple[int, str, str, str]] = field(default_factory=list)  # (day, track, status, reason)

    def __post_init__(self):
        self.seals = Seals(self.key)

    @property
    def place(self):
        return self.desk.place

    def stands(self, track):
        """(status, opened, closed, reason) of a track as its moves leave it; empty when it never started."""
        moves = [move for move in self.moves if move[1] == track]
        if not moves:
            return "", None, None, ""
        last = moves[-1]
        closed = last[0] if last[2] == "closed" else None
        return last[2], moves[0][0], closed, last[3]


def tell(pen: Pen, world: World, number: int) -> None:
    """All rows of the case with this number."""
    tale = begin(pen, world)
    road.walk(pen, tale)
    name_team(pen, tale)
    tale.scope = "\t".join(
        (tale.key, str(tale.desk.office_id), str(tale.sensitivity), *2 * (f"{day(tale.opened)} 04:00+00",))
    )
    pen.put("key", pen.key(), tale.scope, bytes_of(tale.seals.wrapped()))
    operation = people.operation(pen, tale)
    survivors = people.survivors(pen, tale, operation)
    courts.prosecute(pen, tale, operation, survivors)
    around(pen, tale)
    keep_case(pen, tale, world.first_number + number)


def begin(pen: Pen, world: World) -> Tale:
    """Where, when, how large, and who may open it. Few cases are huge; most are of one or two people."""
    desk = pen.luck.choices(world.desks, world.weights)[0]
    opened = world.today - int((world.today - desk.since) * pen.luck.random() ** 1.6)
    accused = 0 if pen.often(0.24) else min(int(pen.luck.paretovariate(2.3)), 60)
    tale = Tale(
        desk, pen.key(), opened, world.today, pen.weighed(TYPES.get(desk.place.country, ELSEWHERE)),
        survivors=min(int(pen.luck.paretovariate(1.8)), 300), accused=accused,
    )  # fmt: skip
    tale.accused += tale.survivors // 12
    chance = pen.luck.random()
    tale.sensitivity = 2 if chance < 0.02 else 1 if chance < 0.1 else 0
    return tale


def name_team(pen: Pen, tale: Tale) -> None:
    """Who works on it, of the staff of the office; some carry more than others."""
    tale.team = {role: pen.common(staff) for role, staff in tale.desk.staff.items()}


def stand_on_record(pen: Pen, tale: Tale) -> None:
    """Of a case that is over only the lawyer stays on record, and no longer sees it."""
    status, _opened, closed, _reason = tale.stands("legal")
    after, _begun, over, _why = tale.stands("aftercare")
    going = not closed or (after and not over)
    roles = ["lawyer", "caseworker"] if going else ["lawyer"]
    if going and after:
        roles.append("social_worker")
    if going and status in ("investigation", "relief"):
        roles.append("investigator")
    if going and tale.sensitivity:
        roles.append("legal_lead")
    ended = None if going else f"{day(max(closed, over or 0))} 10:00+00"
    begun = f"{day(tale.opened)} 05:00+00"
    for role in roles:
        pen.put("assignment", pen.key(), tale.scope, tale.team[role], role, begun, ended)


def around(pen: Pen, tale: Tale) -> None:
    """Team, tracks, how it came to us, who pays, how dangerous it is, notes and tasks."""
    stand_on_record(pen, tale)
    places = {"legal": 0, "aftercare": 0}
    for on, track, status, reason in tale.moves:
        places[track] += 1
        pen.put("track", pen.key(), tale.scope, track, places[track], status, reason, day(on))
    first, second = pen.common(SOURCES), pen.one(SOURCES)
    chain = [(first, "us")] if first == second else [(first, second), (second, "us")]
    for place, (source, target) in enumerate(chain, 1):
        pen.put("referral", pen.key(), tale.scope, place, source, target, day(tale.opened))
    if pen.often(0.3):
        ends = day(tale.opened + 730)
        pen.put("grant", pen.key(), tale.scope, pen.common(DONORS), day(tale.opened), ends)
    worker = tale.team["caseworker"]
    if pen.often(0.4):
        level = pen.weighed({"low": 5, "medium": 3, "high": 2})
        pen.put("risk", pen.key(), tale.scope, level, day(tale.opened), "As the first visit showed.", worker)
    for _turn in range(int(pen.luck.expovariate(1.2))):
        on = min(tale.opened + pen.spell(4.5, 1.0, 2000), tale.today)
        pen.put("note", pen.key(), tale.scope, day(on), pen.one(WORDS), worker)
    if tale.stands("legal")[0] not in ("closed", "") and pen.often(0.5):
        due = tale.today + pen.between(-20, 60)
        done = (f"{day(due - 2)} 08:00+00", worker) if due < tale.today and pen.often(0.8) else (None, None)
        pen.put("task", pen.key(), tale.scope, pen.one(TODO), day(due), worker, *done)


def keep_case(pen: Pen, tale: Tale, number: int) -> None:
    """The row of the case itself, last: it was touched when something last happened."""
    legal, begun, closed, reason = tale.stands("legal")
    after, started, over, why = tale.stands("aftercare")
    last = max((move[0] for move in tale.moves), default=tale.opened)
    quiet = closed and (over or not after)
    touched = last if quiet else max(last, tale.today - int(pen.luck.expovariate(1 / 60)))
    scene, where = pen.one(SCENES), pen.one(PLACES)
    stamp = f"{day(touched)} {pen.between(0, 9):02d}:{pen.between(0, 59):02d}:{pen.between(0, 59):02d}+00"
    year = date.fromordinal(tale.opened).year
    pen.put(
        "case", tale.key, tale.desk.office_id, tale.sensitivity, f"{day(tale.opened)} 04:00+00", stamp, stamp,
        f"{tale.place.letters}-{year}-M{number:07d}", tale.casework, f"{scene.capitalize()} near the {where}",
        f"Made up. Reported by {pen.common(SOURCES)}; the {scene} near the {where} was watched.",
        tale.place.country, day(tale.opened), listed([MADE]), legal, day(begun), day(closed), reason,
        after, day(started), day(over), why,
    )  # fmt: skip
