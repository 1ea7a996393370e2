"""What we know of people, as entities of the standard: plain dicts by prefix, one row for each thing.

`gather(survivors)` reads everything about these people and their cases with the eyes of whoever asks, a table
at a time. Nothing sealed is opened unless `identities` holds it; profiles.py takes away what may not leave.
Values are text, numbers, or lists of text (several values); what is not known is not in the row.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from aftercare.models import Care, Goal, Referral
from cases.models import Agency, Note, ReferralStep
from exchange.htcds import events, people, tables
from exchange.htcds.dictionary import ENTITIES, FALSE, TRUE
from operations.models import RouteLeg, Venue
from prosecutions.models import Accused, Verdict
from prosecutions.states import Standing
from survivors.models import Age, Consent, Episode, Relief, Survivor
from survivors.states import ConsentPurpose

OURSELVES = "us"
Row = dict[str, Any]


@dataclass
class Known:
    """The tables around some survivors, each read once."""

    survivors: list[Survivor]
    by_survivor: dict[str, dict[Any, list]] = field(default_factory=dict)
    by_case: dict[str, dict[Any, list]] = field(default_factory=dict)
    alone: set[Any] = field(default_factory=set)  # cases of one survivor

    def of(self, survivor, name):
        return self.by_survivor[name].get(survivor.pk, [])

    def around(self, case_id, name):
        return self.by_case[name].get(case_id, [])


@dataclass
class Told:
    """One survivor's rows; `survivor` and `episodes` for whoever derives more from them."""

    survivor: Survivor
    episodes: list[Episode]
    rows: dict[str, list[Row]]

    def first(self, entity):
        """The one row of an entity that has one; {} when there is none."""
        return next(iter(self.rows.get(entity, ())), {})


@dataclass
class Gathered:
    """Survivors' own rows, and those of their cases: accused people and organisations."""

    people: list[Told]
    around: dict[str, list[Row]]

    def entities(self):
        """{prefix: rows}, all prefixes, in the order of the standard."""
        found = {prefix: list(self.around.get(prefix, ())) for prefix in ENTITIES}
        for told in self.people:
            for prefix, rows in told.rows.items():
                found[prefix] += rows
        return found


def read(survivors):
    """Everything that is needed, in as many questions for 500 people as for one."""
    survivors = list(survivors)
    cases = {one.case_id for one in survivors}
    known = Known(survivors)
    for name, rows in (
        ("ages", Age.objects.filter(survivor__in=survivors).order_by("position", "pk")),
        ("episodes", Episode.objects.filter(survivor__in=survivors).order_by("position", "pk")),
        ("reliefs", Relief.objects.filter(survivor__in=survivors).order_by("position", "pk")),
        ("consents", Consent.objects.filter(survivor__in=survivors).order_by("-created_at", "-pk")),
        ("cares", Care.objects.filter(survivor__in=survivors).order_by("pk")),
    ):
        known.by_survivor[name] = grouped(rows, lambda row: row.survivor_id)
    referrals = Referral.objects.filter(care__survivor__in=survivors).select_related("care")
    goals = Goal.objects.filter(plan__care__survivor__in=survivors).select_related("plan__care")
    known.by_survivor["referrals"] = grouped(
        referrals.order_by("created_at", "pk"), lambda row: row.care.survivor_id
    )
    known.by_survivor["goals"] = grouped(
        goals.prefetch_related("steps").order_by("plan__position", "position", "pk"),
        lambda row: row.plan.care.survivor_id,
    )
    people_of = Survivor.objects.filter(case__in=cases).values_list("case_id", flat=True)
    known.alone = {case_id for case_id, number in Counter(people_of).items() if number == 1}
    for name, rows in of_cases(cases):
        known.by_case[name] = grouped(rows, lambda row: row.case_id)
    return known


def of_cases(cases):
    """(name, rows) of what belongs to a case as a whole."""
    accused = Accused.objects.filter(case__in=cases).exclude(standing=Standing.MENTIONED)
    legs = RouteLeg.objects.filter(case__in=cases).select_related("route")
    return (
        ("agencies", Agency.objects.filter(case__in=cases).order_by("key", "pk")),
        ("venues", Venue.objects.filter(case__in=cases).order_by("key", "pk")),
        ("steps", ReferralStep.objects.filter(case__in=cases).order_by("position", "pk")),
        ("notes", Note.objects.filter(case__in=cases).order_by("created_at", "pk")),
        ("legs", legs.order_by("route__key", "position", "pk")),
        ("accused", accused.order_by("key", "pk")),
        ("verdicts", Verdict.objects.filter(case__in=cases).order_by("pk")),
    )


def grouped(rows, key):
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def gather(survivors, identities=None):
    """The rows of these people; `identities` = {id of a survivor: Identity} where names are to be opened."""
    known = read(survivors)
    identities = identities or {}
    around = organisations(known)
    add_accused(known, around)
    places = {(row["x_case"], row["x_key"]): row["x_record"] for row in around["org"]}
    told = [tell(one, known, identities.get(one.pk), places, around["org"]) for one in known.survivors]
    for row in around["org"]:
        row.pop("x_key")
    return Gathered(told, around)


def tell(survivor, known, identity, places, organisations_):
    """All rows of one survivor."""
    rows = {
        "prs": [people.person(survivor, known, identity)],
        "vic": [people.victim(survivor, known, places)],
        "cas": case_rows(survivor, known, places, organisations_),
        "cco": comments(survivor, known),
        "hte": events.events(survivor, known),
        "spl": plans(survivor, known),
        "con": [consent(survivor, known)],
    }
    return Told(survivor, known.of(survivor, "episodes"), rows)


def keys(survivor):
    return {"x_person": str(survivor.pk), "x_case": str(survivor.case_id)}


def said(**facts):
    """A row without what is not known."""
    return {name: value for name, value in facts.items() if value not in ("", None, [], ())}


def organisation(record, case_id, key, name, code="", country="", city="", state=""):
    facts = said(
        org_Name=name, org_ShippingCity=city, org_ShippingState=state, org_ShippingCountry=country,
        org_Type=tables.value_of(tables.ORGANISATION, code),
    )  # fmt: skip
    return {"x_record": str(record.pk), "x_case": str(case_id), "x_key": key, **facts}


def organisations(known):
    """Agencies of the cases, and the places where people were exploited."""
    rows = []
    for case_id in dict.fromkeys(one.case_id for one in known.survivors):
        for one in known.around(case_id, "agencies"):
            rows.append(organisation(one, case_id, one.key, one.name, one.kind, one.country, one.locality))
        used = {
            episode.venues[0]
            for one in known.survivors
            if one.case_id == case_id
            for episode in known.of(one, "episodes")
            if episode.venues
        }
        for one in known.around(case_id, "venues"):
            if one.key in used:
                name = one.name or tables.spelt(one.kind)
                rows.append(
                    organisation(one, case_id, one.key, name, "", one.country, one.locality, one.area)
                )
    return {"org": rows, "prs": [], "per": []}


def add_accused(known, around):
    """People who are accused, unless a court acquitted them and no conviction stands."""
    for case_id in dict.fromkeys(one.case_id for one in known.survivors):
        verdicts = grouped(known.around(case_id, "verdicts"), lambda row: row.accused_id)
        for accused in known.around(case_id, "accused"):
            judged = verdicts.get(accused.pk, [])
            if judged and not any(one.stands_convicted for one in judged):
                continue
            around["prs"].append(people.accused(accused))
            around["per"].append(people.perpetrator(accused))


def case_rows(survivor, known, places, organisations_):
    """The case as it concerns this person: one row, or one for each time she was sent on."""
    case = survivor.case
    facts = said(
        cas_Status=tables.status_of(case),
        cas_ReasonForCaseClosure=tables.closure_of(case),
        cas_CaseOwner=case.office.name,
        cas_IncomingReferralDate=people.day(case.opened_on),
    )
    came = [step for step in known.around(case.pk, "steps") if step.target == OURSELVES]
    if came:
        step = came[-1]
        facts |= said(
            cas_ReferringOrganisation=place_of(step, step.source, places, organisations_),
            cas_IncomingReferralDate=people.day(step.on or case.opened_on),
            cas_IncomingReferralDetails=step.note if case.pk in known.alone else "",
        )
    sent = [*sent_by_steps(survivor, known, places, organisations_),
            *sent_by_referrals(survivor, known, places, organisations_)]  # fmt: skip
    return [{**reversed_keys(survivor), **facts, **one} for one in sent or [{}]]


def reversed_keys(survivor):
    return {"x_case": str(survivor.case_id), "x_person": str(survivor.pk)}


def place_of(record, name, places, organisations_):
    """The key of an organisation: an agency of the case, or one of which only the name is known."""
    found = places.get((str(record.case_id), name))
    if found is None and name:
        row = organisation(record, record.case_id, name, name)
        found = places[str(record.case_id), name] = row["x_record"]
        organisations_.append(row)
    return found


def sent_by_steps(survivor, known, places, organisations_):
    """Steps of the chain that lead away from us; what is written of several people stays with us."""
    alone = survivor.case_id in known.alone
    for step in known.around(survivor.case_id, "steps"):
        if step.source == OURSELVES:
            yield said(
                x_record=str(step.pk),
                cas_ReferredOrganisation=place_of(step, step.target, places, organisations_),
                cas_OutgoingReferralDate=people.day(step.on),
                cas_OutgoingReferralDetails=step.note if alone else "",
            )


def sent_by_referrals(survivor, known, places, organisations_):
    """Referrals to somebody else's help that were neither refused nor taken back."""
    for one in known.of(survivor, "referrals"):
        if tables.REFERRED[one.status] is True:
            yield said(
                x_record=str(one.pk),
                cas_ReferredOrganisation=place_of(one, one.to or one.receiver, places, organisations_),
                cas_ReasonForOutgoingReferral=tables.value_of(tables.REFERRED_FOR, one.kind),
                cas_OutgoingReferralDate=people.day(one.on), cas_OutgoingReferralDetails=one.note,
            )  # fmt: skip


def comments(survivor, known):
    """Notes that speak of her and of nobody else; what is said of several people stays with us."""
    return [
        {"x_case": str(survivor.case_id), "x_record": str(note.pk), "x_person": str(survivor.pk),
         "cco_CaseComment": note.text}
        for note in known.around(survivor.case_id, "notes")
        if note.about == [survivor.key]
    ]  # fmt: skip


def plans(survivor, known):
    """Each goal of her plans."""
    rows = []
    for goal in known.of(survivor, "goals"):
        steps = [step.what for step in goal.steps.all() if step.what]
        facts = said(
            spl_Objectives=goal.goal, spl_ActionPlan="; ".join(filter(None, [goal.next_step, *steps])),
            spl_PlannedEndDate=people.day(goal.due), spl_ActualEndDate=people.day(goal.done_on),
            spl_Type=tables.value_of(tables.PLAN, goal.area),
        )  # fmt: skip
        rows.append({**keys(survivor), "x_record": str(goal.pk), **facts})
    return rows


# What "Consent" of the standard asks about: the interview, and keeping what was said.
ASKED_FOR = (ConsentPurpose.DATA_KEEPING, ConsentPurpose.INTERVIEW)


def consent(survivor, known):
    """The latest word on being interviewed and on keeping it; unknown where nobody asked."""
    latest = next((one for one in known.of(survivor, "consents") if one.purpose in ASKED_FOR), None)
    word = "" if latest is None else TRUE if latest.given and not latest.withdrawn_on else FALSE
    return {**keys(survivor), **said(con_Consent=word)}
