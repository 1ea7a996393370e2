"""Rows of the standard as our records: cases, organisations and places first, then people."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Office
from aftercare.models import Care, Goal, GoalStep, Plan
from cases.actions.case import insert_with_number
from cases.models import Agency, Case, Note, ReferralStep, TrackChange
from cases.states import AftercareStatus, CaseworkType, LegalReason, LegalStatus, Track
from exchange.htcds import tables
from exchange.htcds.dictionary import plainly
from exchange.htcds.incoming import loading_people
from exchange.htcds.incoming.unpacking import OUTGOING
from exchange.incoming.contract import Chunk, Row
from exchange.incoming.kinds.shared import Keys, locked
from operations.models import Route, RouteLeg, Venue
from operations.states import VenueKind
from prosecutions.models import Accused, NameForm, Perpetrator
from reference.sealed_fields import seal_with_newest
from survivors.models import Age, Consent, Episode, Identity, IdentityWord, Survivor

OURSELVES = "us"
# In this order nothing points to what is not there yet.
ORDER = (
    TrackChange, Agency, Venue, ReferralStep, Survivor, Identity, IdentityWord, Age, Consent, Episode, Route,
    RouteLeg, Care, Plan, Goal, GoalStep, Note, Perpetrator, Accused, NameForm,
)  # fmt: skip
LETTERS = {Agency: "a", Venue: "v", Survivor: "s", Accused: "p", Route: "r"}


class Load:
    """What one chunk makes, gathered and then written a table at a time."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.made: dict[type, list[Any]] = defaultdict(list)
        self.cases: dict[str, Case] = {}
        self.new: set[UUID] = set()  # cases that this chunk opened
        self.furnished: set[UUID] = set()
        self.countries: dict[str, str] = {}  # of each new case
        self.venues: set[str] = set()  # keys of organisations that are places of exploitation
        self.keys: dict[type, Keys] = {}
        self.places: dict[tuple[UUID, str, type], Any] = {}

    def add(self, model: type, **facts: Any) -> Any:
        """One more record of a case, with its local key where it has one."""
        if model in LETTERS:
            facts["key"] = self.keys[model].next(facts["case"].pk)
        record = model(created_at=self.chunk.now, updated_at=self.chunk.now, **facts)
        self.made[model].append(record)
        return record

    def save(self) -> None:
        for model in ORDER:
            if self.made[model]:
                model.objects.bulk_create(self.made[model])  # type: ignore[attr-defined]

    def organisation(self, case: Case, told: dict[str, Any]) -> Agency:
        """The agency of this name in this case."""
        name = told.get("org_Name") or _("Organisation without a name")
        place = (case.pk, told.get("x_record") or plainly(name) or name, Agency)
        if place not in self.places:
            self.places[place] = self.add(
                Agency, case=case, name=name, kind=tables.AGENCY_FOR[told.get("org_Type", "")],
                country=told.get("org_ShippingCountry", ""), locality=told.get("org_ShippingCity", ""),
            )  # fmt: skip
        return self.places[place]

    def venue(self, case: Case, told: dict[str, Any]) -> Venue:
        """The place where people were exploited."""
        name = told.get("org_Name", "")
        words = (name, told.get("org_ShippingCity", ""), told.get("org_ShippingState", ""))
        place = (case.pk, told.get("x_record") or "|".join(words), Venue)
        if place not in self.places:
            self.places[place] = self.add(
                Venue, case=case, kind=VenueKind.OTHER, name=name, locality=words[1], area=words[2],
                country=told.get("org_ShippingCountry", ""),
            )  # fmt: skip
        return self.places[place]


def write(chunk: Chunk) -> Sequence[UUID]:
    """Bring the good rows in; the ids of the cases that got something."""
    load, rows = Load(chunk), chunk.good
    find_cases(load, rows)
    load.countries = countries_of(rows)
    made = [(row, case_of(load, row)) for row in rows]
    load.venues = {key for row in rows for key in venues_of(row)}
    ids = {case.pk for _row, case in made}
    locked(ids)
    load.keys = {model: Keys(model, letter, ids) for model, letter in LETTERS.items()}
    seal_with_newest(ids)
    for row, case in made:
        around_case(load, row, case)
    sent_on(load, made)
    loading_people.write(load, made)
    load.save()
    # The cases are not touched: taking the batch back asks whether anybody did.
    return list(ids)


# --- cases


def find_cases(load: Load, rows: list[Row]) -> None:
    """Cases of these keys that a file brought in before."""
    said = {row["x_case"] for row in rows if row["x_case"]}
    here = Case.objects.filter(office=load.chunk.office, external_id__in=said)
    load.cases = {case.external_id: case for case in here}


def case_of(load: Load, row: Row) -> Case:
    """The case of the row; people with one key of a case share it, without a key each has her own."""
    if row["x_case"] in load.cases:
        return load.cases[row["x_case"]]
    chunk = load.chunk
    office = Office.objects.select_for_update(no_key=True).get(pk=chunk.office.pk)
    case = Case(
        office=office, title=_("Brought in from an HTCDS file"), casework_type=type_of(row),
        country=load.countries.get(key_of(row)) or office.country, opened_on=row["cas_IncomingReferralDate"],
        external_id=row["x_case"], created_at=chunk.now, updated_at=chunk.now, touched_at=chunk.now,
        **tracks_of(row),
    )  # fmt: skip
    insert_with_number(case, office, chunk.now)
    load.cases[key_of(row)] = case
    load.new.add(case.pk)
    for track in Track:
        status = case.status_of(track)
        if status:
            reason = getattr(case, f"{track.value}_reason")
            load.made[TrackChange].append(
                TrackChange(
                    case=case,
                    track=track,
                    position=1,
                    status=status,
                    reason=reason,
                    on=case.opened_on,
                    by=chunk.by,
                )  # fmt: skip
            )
    return case


def tracks_of(row: Row) -> dict[str, str]:
    """Both tracks from the status of the standard and the words for its end."""
    status, words = row["cas_Status"], row["cas_ReasonForCaseClosure"]
    if status == "FollowUp":
        return {"legal_status": "", "aftercare_status": AftercareStatus.FOLLOW_UP}
    if status not in ("Closed", "ClosedReferred"):
        return {"legal_status": LegalStatus.INTAKE, "aftercare_status": AftercareStatus.NOT_STARTED,
                "legal_note": words}  # fmt: skip
    codes = tables.closure_codes(words)
    if not codes:
        referred = status == "ClosedReferred"
        codes = {"legal": LegalReason.TRANSFERRED if referred else LegalReason.OTHER}
        facts = {"legal_note": words}
    else:
        facts = {}
    for track in ("legal", "aftercare"):
        facts |= {f"{track}_status": "closed", f"{track}_reason": codes[track]} if track in codes else {}
    return {"aftercare_status": AftercareStatus.NOT_STARTED, **facts}


def key_of(row: Row) -> str:
    """What people of one case have in common; without a key of a case each has her own."""
    return row["x_case"] or f"row {row.number}"


def countries_of(rows: list[Row]) -> dict[str, str]:
    """Where each case happened: in the country of an event without a place of its own, or of any event."""
    found: dict[str, str] = {}
    for placed in (False, True):
        for row in rows:
            for one in row["x_events"] or ():
                exploited = one.get("hte_Type") == "Exploitation"
                if exploited and bool(one.get("x_place")) == placed and one.get("hte_Country"):
                    found.setdefault(key_of(row), one["hte_Country"])
    for row in rows:
        if country := (row["vic_LocationOfExploitation"] or {}).get("org_ShippingCountry"):
            found.setdefault(key_of(row), country)
    return found


def type_of(row: Row) -> str:
    """Which of our types of casework comes nearest; people say otherwise where it does not."""
    kinds, sex = set(row["vic_TypeOfExploitation"] or ()), set(row["vic_TypeOfSexExploitation"] or ())
    child = row["vic_AgeWhenTrafficked"] != "" and row["vic_AgeWhenTrafficked"] < 18
    if "SexualExploitation" in kinds or sex:
        if child and sex & {"RemoteInteractiveServices", "Pornography"}:
            return CaseworkType.OSEC
        return CaseworkType.CSEC if child else CaseworkType.SEX_TRAFFICKING
    if "ChildLabour" in kinds:
        return CaseworkType.CHILD_LABOUR_SLAVERY
    if "DebtBondage" in (row["vic_MethodsOfControl"] or ()):
        return CaseworkType.BONDED_LABOUR
    labour = {"ForcedLabour", "Servitude", "ForcedBegging"}
    return CaseworkType.TRAFFICKED_LABOUR if kinds & labour else CaseworkType.OTHER


def venues_of(row: Row) -> set[str]:
    """Keys of the places at which this person was exploited."""
    places = [one.get("x_place") for one in row["x_events"] or ()] + [row["vic_LocationOfExploitation"]]
    return {place["x_record"] for place in places if place and place.get("x_record")}


def around_case(load: Load, row: Row, case: Case) -> None:
    """Organisations of a case that was opened just now, and who sent it to us; once for each case."""
    if case.pk not in load.new - load.furnished:
        return
    load.furnished.add(case.pk)
    for told in row["x_places"] or ():
        if told.get("x_record") not in load.venues:
            load.organisation(case, told)
    source, note = row["cas_ReferringOrganisation"], row["cas_IncomingReferralDetails"]
    if source:
        on = row["cas_IncomingReferralDate"]
        step(load, case, load.organisation(case, source).key, OURSELVES, on, note)
    elif note:
        load.add(Note, case=case, text=note, author=load.chunk.by)


def step(load: Load, case: Case, source: str, target: str, on: str, note: str) -> None:
    """One more step of the chain."""
    position = 1 + sum(one.case is case for one in load.made[ReferralStep])
    load.add(ReferralStep, case=case, position=position, source=source, target=target, on=on, note=note)


def sent_on(load: Load, made: list[tuple[Row, Case]]) -> None:
    """Where everybody of a new case was sent on, that is a step of its chain; otherwise a note about her.

    A referral of ours rests on a consent, and none is told in such files.
    """
    victims: dict[UUID, int] = Counter(case.pk for row, case in made if row["x_part"] != "per")
    told: dict[tuple[UUID, str], list[Row]] = defaultdict(list)
    for row, case in made:
        for one in outgoing(row):
            told[case.pk, one.get("x_record") or str(row.number)].append(row)
    for row, case in made:
        for one in outgoing(row):
            rows = told[case.pk, one.get("x_record") or str(row.number)]
            if case.pk not in load.new or len(rows) < victims[case.pk]:
                row.work.setdefault("sent", []).append(one)
            elif rows[0] is row:
                agency = load.organisation(case, one.get("cas_ReferredOrganisation", {}))
                on, note = one.get("cas_OutgoingReferralDate", ""), one.get("cas_OutgoingReferralDetails", "")
                step(load, case, OURSELVES, agency.key, on, note)


def outgoing(row: Row) -> list[dict[str, Any]]:
    """Each time she was sent on: rows of their own, or the one of the flat sheet."""
    flat = {name: row[name] for name in OUTGOING if row[name]}
    return [*(row["x_referrals"] or ()), *([flat] if flat else [])]
