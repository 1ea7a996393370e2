"""People of a file of the standard: survivors with what was done to them and for them, and the accused."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.roles import Can
from aftercare.models import Care, Goal, GoalStep, Plan
from aftercare.states import CareResult, GoalStatus, PlanArea, ServiceKind
from cases.models import Case, Note
from exchange.htcds import tables
from exchange.htcds.dictionary import FIELDS, LANGUAGE_OF, plainly
from exchange.htcds.incoming.alike import name_of
from exchange.incoming.contract import Row
from operations.models import Route, RouteLeg
from operations.states import LegStage
from prosecutions.models import Accused, NameForm, Perpetrator
from prosecutions.proposals import keys_of_person
from prosecutions.states import Position
from survivors.actions import year_of
from survivors.models import Age, Consent, Episode, Identity, IdentityWord, Survivor
from survivors.states import AgeMoment, ConsentPurpose, IdentityNumberKind, IdentityWordKind
from survivors.words import name_words, number_word, phone_words, tokens

if TYPE_CHECKING:
    from exchange.htcds.incoming.loading import Load

ADDRESS = (
    "prs_MailingStreet", "prs_MailingCity", "prs_MailingState", "prs_MailingPostalCode",
    "prs_MailingCountry",
)  # fmt: skip
LONGEST_STEP = 300
POSITIONS = {plainly(code): code for code in Position.values}


def write(load: "Load", made: list[tuple[Row, Case]]) -> None:
    """All people of the chunk; numbers of somebody's own that are taken already are not given twice."""
    said = {row["x_person"] for row, _case in made if row["x_person"]}
    taken = {
        model: set(
            model.objects.filter(office=load.chunk.office, external_id__in=said).values_list(
                "external_id", flat=True
            )
        )
        for model in (Survivor, Accused)
    }
    for row, case in made:
        model = Accused if row["x_part"] == "per" else Survivor
        key = row["x_person"] if row["x_person"] not in taken[model] else ""
        taken[model].add(key)
        if model is Accused:
            accused(load, row, case, key)
        else:
            survivor(load, row, case, key)


def survivor(load: "Load", row: Row, case: Case, key: str) -> None:
    """One survivor and everything about her."""
    language = row["prs_PrimaryLanguage"]
    schooling = row["prs_HighestLevelOfEducation"]
    her = load.add(
        Survivor, case=case, label=_("Person of row %(row)s of a file") % {"row": row.number},
        gender=row["prs_Gender"], born=row["prs_Birthdate"], birth_year=year_of(row["prs_Birthdate"]),
        nationality=row["prs_Citizenship"] or [], language=LANGUAGE_OF.get(language, language),
        schooling=FIELDS["prs_HighestLevelOfEducation"].labels.get(schooling, ""),
        dependant=row["vic_TraffickingStatus"] == "NotAVictimOfTrafficking",
        vulnerabilities=sorted({tables.VULNERABILITY_FOR[one] for one in row["vic_Vulnerabilities"] or ()}),
        external_id=key,
    )  # fmt: skip
    who = {"case": case, "survivor": her}
    identity(load, row, who)
    if row["vic_AgeWhenTrafficked"] != "":
        load.add(Age, **who, years=str(row["vic_AgeWhenTrafficked"]), at=AgeMoment.FIRST_EXPLOITED)
    if row.said.get("con_Consent") is True:
        # Recorded, and nothing more: for keeping what was said, by ourselves. It opens nothing to anybody.
        words = _("As a file of HTCDS says; what it covers was not told.")
        load.add(Consent, **who, purpose=ConsentPurpose.DATA_KEEPING, given=True, to="us", note=words)
    episodes(load, row, case, her)
    journeys(load, row, case, her)
    plans(load, row, who)
    for one in row["x_comments"] or ():
        note(load, her, one.get("cco_CaseComment", ""))
    for one in row.work.get("sent", ()):
        note(load, her, sent_words(one))


def note(load: "Load", her: Survivor, text: str) -> None:
    if text:
        load.add(Note, case=her.case, about=[her.key], text=text, author=load.chunk.by)


def sent_words(one: dict[str, Any]) -> str:
    """Being sent on, in words."""
    to = one.get("cas_ReferredOrganisation", {}).get("org_Name", "")
    facts = (to, str(one.get("cas_OutgoingReferralDate", "")), one.get("cas_OutgoingReferralDetails", ""))
    return _("Sent on: %(facts)s") % {"facts": " · ".join(filter(None, facts))}


# --- who she is


def identity(load: "Load", row: Row, who: dict[str, Any]) -> None:
    """Name, papers, phones and address, sealed, with their blind index."""
    name = " ".join(name_of(row).split())
    phones = [row[part] for part in ("prs_MobilePhone", "prs_HomePhone") if row[part]]
    numbers = [one.strip() for one in row["prs_IdentityNumber"].split(";") if one.strip()]
    address = [row[part] for part in ADDRESS if row[part]]
    if not (name or phones or numbers or address):
        return
    facts = {
        "phones": "\n".join(phones).replace(";", "\n"), "address": "\n".join(address),
        "numbers": [{"kind": IdentityNumberKind.OTHER.value, "number": one} for one in numbers],
        "latin_name" if name.isascii() or latin(name) else "own_name": name,
    }  # fmt: skip
    one = load.add(Identity, **who, **facts)
    words = {
        IdentityWordKind.NAME: name_words(name),
        IdentityWordKind.PHONE: phone_words(facts["phones"], load.chunk.office.country),
        IdentityWordKind.NUMBER: sorted({number_word(number) for number in numbers}),
    }
    for kind, found in words.items():
        for token in tokens(kind, found):
            load.add(IdentityWord, case=who["case"], identity=one, kind=kind.value, token=token)


def latin(name: str) -> bool:
    """Is it written in Latin letters, with whatever accents?"""
    return all(ord(sign) < 0x250 or not sign.isalpha() for sign in name)


# --- what was done to her


def episodes(load: "Load", row: Row, case: Case, her: Survivor) -> None:
    """Each exploitation by its events; one without dates where only its kind is told; none for dependants."""
    facts = facts_of(row)
    spells = spells_of(row)
    if row["vic_TraffickingStatus"] == "PossibleVictimOfTrafficking" and not spells and any(facts.values()):
        # A possible victim is counted as one to whom it did not happen, until somebody knows better.
        load.add(Episode, case=case, survivor=her, position=1, prevented=True, **facts)
        return
    if not spells and (row["vic_TypeOfExploitation"] or row["vic_TypeOfSexExploitation"]):
        spells = [[]] if not her.dependant else []
    place = row["vic_LocationOfExploitation"]
    placed = any(one.get("x_place") for spell in spells for one in spell)
    for position, spell in enumerate(spells, 1):
        told = next((one["x_place"] for one in spell if one.get("x_place")), None)
        if told is None and place and not placed and position == 1:
            told = place
        told = told or town_of(spell, case)
        load.add(
            Episode, case=case, survivor=her, position=position,
            venues=[load.venue(case, told).key] if told else [], **facts, **times_of(spell),
        )  # fmt: skip


def spells_of(row: Row) -> list[list[dict[str, Any]]]:
    """Exploitation events: those of one key are the beginning and the end of one exploitation."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for at, one in enumerate(row["x_events"] or ()):
        if one.get("hte_Type") == LegStage.EXPLOITATION:
            found.setdefault(one.get("x_record") or at, []).append(one)
    return list(found.values())


def times_of(spell: list[dict[str, Any]]) -> dict[str, Any]:
    """When it began and ended, and what was written of it."""
    if not spell:
        return {}
    words = next((one["hte_Description"] for one in spell if one.get("hte_Description")), "")
    ended = spell[-1].get("hte_Date", "") if len(spell) > 1 else ""
    return {"started": spell[0].get("hte_Date", ""), "ended": ended, "conditions": words}


def town_of(spell: list[dict[str, Any]], case: Case) -> dict[str, str] | None:
    """A place of which only the town is told; a country alone is a place where it is not that of the case."""
    for one in spell:
        city, state, country = (one.get(f"hte_{name}", "") for name in ("City", "State", "Country"))
        if city or state or (country and country != case.country):
            return {
                "org_ShippingCity": city, "org_ShippingState": state, "org_ShippingCountry": country,
            }  # fmt: skip
    return None


def facts_of(row: Row) -> dict[str, Any]:
    """What is told of all her episodes together."""
    apps = {*(row["vic_RecruitmentWebsitesAndApps"] or ()), *(row["vic_ExploitationWebsitesAndApps"] or ())}
    return {
        "kinds": row["vic_TypeOfExploitation"] or [],
        "sex": row["vic_TypeOfSexExploitation"] or [],
        "industry": row["vic_ForcedLabourIndustry"],
        "apps": sorted(apps),
        "recruited": row["vic_MethodOfRecruitment"] or [],
        "relationship": row["vic_RelationshipToTrafficker"],
        "control": row["vic_MethodsOfControl"] or [],
    }


def journeys(load: "Load", row: Row, case: Case, her: Survivor) -> None:
    """Recruitment and transit as the legs of one route of hers."""
    legs = [one for one in row["x_events"] or () if one.get("hte_Type") in ("Recruitment", "Transit")]
    if not legs:
        return
    route = load.add(Route, case=case, who=[her.key])
    for position, one in enumerate(legs, 1):
        names = (("locality", "hte_City"), ("area", "hte_State"), ("country", "hte_Country"))
        place = {name: one[field] for name, field in names if one.get(field)}
        recruited = one["hte_Type"] == LegStage.RECRUITMENT
        load.add(
            RouteLeg, case=case, route=route, position=position, stage=one["hte_Type"],
            on=one.get("hte_Date", ""), note=one.get("hte_Description", ""),
            source=place if recruited else None, target=None if recruited else place,
        )  # fmt: skip


# --- what is done for her


def plans(load: "Load", row: Row, who: dict[str, Any]) -> None:
    """One plan with a goal for each row; a death is the end of care."""
    rows = row["x_plans"] or ()
    may = load.chunk.by.can_in(load.chunk.office.pk, Can.WRITE_AFTERCARE)
    died = row.said.get("prs_Deceased") is True
    if not may or not (rows or died):
        return
    care = load.add(Care, **who, result=CareResult.DIED if died else "")
    plan = load.add(Plan, case=who["case"], care=care) if rows else None
    for position, one in enumerate(rows, 1):
        goal(load, plan, position, one)


def goal(load: "Load", plan: Any, position: int, one: dict[str, Any]) -> None:
    """One support plan of the standard; its actions become the next step and steps."""
    actions = one.get("spl_ActionPlan", "")
    first, *more = actions.split("; ")
    long = any(len(part) > LONGEST_STEP for part in (first, *more))
    done = one.get("spl_ActualEndDate", "")
    goal_ = load.add(
        Goal, case=plan.case, plan=plan, position=position, area=one.get("spl_Type") or PlanArea.SOCIAL_CARE,
        goal=one.get("spl_Objectives", "")[:1000], next_step="" if long else first,
        due=one.get("spl_PlannedEndDate", ""), done_on=done, status=GoalStatus.DONE if done else "",
        note=actions if long else "",
    )  # fmt: skip
    for at, what in enumerate([] if long else more, 1):
        load.add(GoalStep, case=plan.case, goal=goal_, position=at, kind=ServiceKind.OTHER, what=what)


# --- the accused


def accused(load: "Load", row: Row, case: Case, key: str) -> None:
    """A human being of her own until people find out otherwise; other offices are compared as always."""
    name = " ".join(name_of(row).split())
    title = row["prs_Title"]
    position = POSITIONS.get(plainly(title), "")
    words = filter(None, (row["per_RoleDetails"], "" if position else title))
    person = Perpetrator()
    load.made[Perpetrator].append(person)
    born = row["prs_Birthdate"]
    phones = [row[one] for one in ("prs_MobilePhone", "prs_HomePhone") if row[one]]
    one = load.add(
        Accused, case=case, perpetrator=person, name=name,
        label="" if name else _("Person of row %(row)s of a file") % {"row": row.number},
        gender=row["prs_Gender"], nationality=row["prs_Citizenship"] or [],
        roles=row["per_RoleInProcess"] or [], position=position, role_details="; ".join(words)[:1000],
        born_year=born.parts[0] if born else None, phones=phones or None, external_id=key,
    )  # fmt: skip
    load.add(NameForm, case=case, accused=one, keys=keys_of_person(one), due=True)
