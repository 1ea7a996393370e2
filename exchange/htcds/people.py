"""Persons of the standard: survivors with what was done to them, and accused people with their part in it."""

from exchange.htcds import tables
from exchange.htcds.dictionary import FIELDS, language_of
from reference.values import PartialDate, Quantity
from survivors.states import AgeMoment
from survivors.words import one_phone

ONLINE = {"ThroughOnlineSocialNetworks", "ThroughAnOnlineAdvertisement"}
REMOTE = {"RemoteInteractiveServices", "Pornography"}


def day(partial):
    """A date as far as it is known, without the marks for about: the standard has none."""
    return str(partial).rstrip("~?%") if partial else ""


def whole_day(partial):
    """Only a date known to the day; the standard has no other for births."""
    return str(partial) if partial and PartialDate(partial).exact else ""


def said(**facts):
    return {name: value for name, value in facts.items() if value not in ("", None, [], ())}


def person(survivor, known, identity):
    """prs: who a survivor is; her name and her contacts only where her identity is given."""
    care = next(iter(known.of(survivor, "cares")), None)
    schooling = FIELDS["prs_HighestLevelOfEducation"].value_of(survivor.schooling)
    return {
        "x_person": str(survivor.pk),
        **said(
            prs_Birthdate=whole_day(survivor.born.open()) if identity else day(survivor.birth_year),
            prs_Gender=tables.value_of(tables.GENDER, survivor.gender),
            prs_Deceased=tables.value_of(tables.DECEASED, care.result) if care else "",
            prs_PrimaryLanguage=language_of(survivor.language) if survivor.language else "",
            prs_HighestLevelOfEducation=schooling if survivor.schooling else "",
            prs_Citizenship=list(survivor.nationality),
        ),
        **(named(identity, survivor.office.country) if identity else {}),
    }


def named(identity, country):
    """Name, papers, phones and address, opened."""
    first, last = split_name(identity.latin_name.open() or identity.own_name.open())
    numbers = [str(row["number"]) for row in identity.numbers.open() or ()]
    phones = [*phones_of(identity.phones.open(), country), ""]
    mobile, more = phones[0], phones[1:]
    lines = [line.strip() for line in identity.address.open().splitlines()]
    return said(
        prs_FirstName=first, prs_SecondName=last, prs_IdentityNumber="; ".join(numbers),
        prs_MobilePhone=mobile, prs_HomePhone="; ".join(filter(None, more)),
        prs_MailingStreet=", ".join(filter(None, lines)),
    )  # fmt: skip


def split_name(name):
    """(first, second): the last word is the second name, as sheets of this kind are filled in."""
    words = (name or "").split()
    return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else ("".join(words), "")


def phones_of(text, country):
    """Each number on a line, in the form that is the same everywhere."""
    lines = [line.strip() for line in (text or "").replace(",", "\n").splitlines()]
    return [one_phone(line, country) for line in lines if line]


def victim(survivor, known, places):
    """vic: what was done to her, over all her episodes."""
    episodes = known.of(survivor, "episodes")
    recruited = over(episodes, "recruited", tables.RECRUITMENT, "vic_MethodOfRecruitment")
    sex = over(episodes, "sex", tables.SEX, "vic_TypeOfSexExploitation")
    apps = over(episodes, "apps", tables.APP, "vic_ExploitationWebsitesAndApps")
    at_recruiting, exploiting = apps_of(apps, recruited, sex)
    status = status_of(survivor, episodes)
    venue = next((one.venues[0] for one in episodes if one.venues), "")
    return {
        "x_person": str(survivor.pk),
        "x_case": str(survivor.case_id),
        **said(
            vic_AgreementToManagePersonalData=agreed(survivor, known),
            vic_TraffickingStatus=status,
            vic_TraffickingStatusDecisionMakingOrg="NGO" if status else "",
            vic_RelationshipToTrafficker=relation(episodes),
            vic_AgeWhenTrafficked=age_when(known.of(survivor, "ages")),
            vic_RecruitmentWebsitesAndApps=at_recruiting,
            vic_MethodOfRecruitment=recruited,
            vic_MethodsOfControl=over(episodes, "control", tables.CONTROL, "vic_MethodsOfControl"),
            vic_TypeOfExploitation=over(episodes, "kinds", tables.EXPLOITATION, "vic_TypeOfExploitation"),
            vic_ForcedLabourIndustry=first_of(episodes, "industry", tables.INDUSTRY),
            vic_TypeOfSexExploitation=sex,
            vic_LocationOfExploitation=places.get((str(survivor.case_id), venue)),
            vic_ExploitationWebsitesAndApps=exploiting,
            vic_Vulnerabilities=tables.values_of(
                tables.VULNERABILITY, survivor.vulnerabilities, "vic_Vulnerabilities"
            ),
        ),
    }


def over(episodes, name, table, field):
    """The values of all episodes together."""
    return tables.values_of(table, [code for one in episodes for code in getattr(one, name)], field)


def first_of(episodes, name, table):
    """The first value that is known: the standard takes one."""
    return next((found for one in episodes if (found := tables.value_of(table, getattr(one, name)))), "")


def apps_of(apps, recruited, sex):
    """We keep one list of apps: by them she was recruited when that was online, exploited otherwise."""
    by_them = bool(ONLINE & set(recruited))
    return apps if by_them else [], apps if not by_them or REMOTE & set(sex) else []


def relation(episodes):
    """As it was said, or as far as it follows from who recruited her."""
    return first_of(episodes, "relationship", tables.RELATIONSHIP) or first_of(
        episodes, "recruiter", tables.RECRUITER
    )


def status_of(survivor, episodes):
    """Actual where an exploitation took place, possible where it was prevented or is not written down yet."""
    if survivor.dependant:
        return "NotAVictimOfTrafficking"
    took_place = any(not one.prevented for one in episodes)
    return "ActualVictimOfTrafficking" if took_place else "PossibleVictimOfTrafficking"


def age_when(ages):
    """The age in whole years when she was first recruited or exploited, where it is one number."""
    first = (AgeMoment.RECRUITED, AgeMoment.FIRST_EXPLOITED)
    known = [Quantity.of(one.years) for one in ages if one.at in first and one.years]
    whole = [int(one.low) for one in known if one.low is not None and one.low == one.high]
    return min(whole, default=None)


def agreed(survivor, known):
    """Deprecated, and still read by some: the latest word on keeping her data."""
    word = next((one for one in known.of(survivor, "consents") if one.purpose == "data_keeping"), None)
    return "" if word is None else "true" if word.given and not word.withdrawn_on else "false"


def accused(one):
    """prs: an accused person."""
    first, last = split_name(one.name or one.label)
    return {
        "x_person": str(one.pk),
        **said(
            prs_FirstName=first, prs_SecondName=last,
            prs_Birthdate=f"{one.born_year:04d}" if one.born_year else "",
            prs_Gender=tables.value_of(tables.GENDER, one.gender), prs_Citizenship=list(one.nationality),
            prs_Title=tables.spelt(one.position).capitalize() if one.position else "",
        ),
    }  # fmt: skip


def perpetrator(one):
    """per: the part that an accused person played."""
    roles = tables.values_of(tables.ROLE, one.roles, "per_RoleInProcess")
    facts = said(per_RoleInProcess=roles, per_RoleDetails=one.role_details)
    return {"x_person": str(one.pk), "x_case": str(one.case_id), **facts}
