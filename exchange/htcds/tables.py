"""Our code lists against the values of HTCDS 2.0: each code of ours has a value, or a reason why it has none.

Where a list of ours *is* the list of the standard (gender, exploitation, roles ...) `same` says so and leaves
only what we added. tests/exchange/test_htcds_tables.py proves that nothing is forgotten.
"""

from django.utils.translation import gettext_lazy as _

from aftercare.states import CareResult, PlanArea, ReferralStatus, ServiceKind
from cases.states import AftercareReason, AftercareStatus, AgencyKind, LegalReason, LegalStatus
from exchange.htcds.dictionary import FIELDS
from operations.states import LegStage
from prosecutions.states import RoleInProcess
from survivors.states import (
    App,
    Control,
    Exploitation,
    Gender,
    Industry,
    Recruiter,
    Recruitment,
    Relationship,
    SexualExploitation,
    Vulnerability,
)


class Nothing(str):
    """The standard has no value for it; the words say why."""

    __slots__ = ()


def same(codes, name, **added):
    """A list of ours that is theirs, with what we added to it."""
    theirs = FIELDS[name].labels
    return {code: added.get(code.name) or (code.value if code.value in theirs else None) for code in codes}


GENDER = same(Gender, "prs_Gender")
EXPLOITATION = same(Exploitation, "vic_TypeOfExploitation")
SEX = same(SexualExploitation, "vic_TypeOfSexExploitation")
INDUSTRY = same(Industry, "vic_ForcedLabourIndustry")
RECRUITMENT = same(Recruitment, "vic_MethodOfRecruitment")
# Defined in the text of the standard and absent from its list: it leaves as Other.
CONTROL = same(Control, "vic_MethodsOfControl", RESTRICTS_MOVEMENT="Other")
RELATIONSHIP = same(Relationship, "vic_RelationshipToTrafficker")
APP = same(App, "vic_ExploitationWebsitesAndApps")
ROLE = same(RoleInProcess, "per_RoleInProcess")
EVENT = same(LegStage, "hte_Type")

RECRUITER = {
    Recruiter.INTIMATE_PARTNER: "Acquainted",
    Recruiter.FRIEND_OR_ACQUAINTANCE: "Acquainted",
    Recruiter.FAMILY_OR_GUARDIAN: "Familial",
    Recruiter.OTHER: "Unaquainted",
    Recruiter.UNKNOWN: Nothing("not known"),
}
VULNERABILITY = {
    Vulnerability.POVERTY: "Poverty",
    Vulnerability.OUT_OF_SCHOOL: "Education",
    Vulnerability.BROKEN_FAMILY: "SocialGroup",
    Vulnerability.ORPHANED: "SocialGroup",
    Vulnerability.MIGRATION: "Migration",
    Vulnerability.DEBT: "Poverty",
    Vulnerability.DISABILITY: "DisabilityAndPhysicalHealth",
    Vulnerability.DISCRIMINATION: "Discrimination",
    Vulnerability.PREVIOUS_ABUSE: "AbusePhysical",
    Vulnerability.ONLINE_NAIVETY: "AbuseSocialMedia",
    Vulnerability.HOMELESSNESS: "Homelessness",
    Vulnerability.ILLITERACY: "Education",
    Vulnerability.OTHER: Nothing("the list has no other"),
}
ORGANISATION = {
    AgencyKind.POLICE: "LawEnforcement",
    AgencyKind.PROSECUTOR: "LegalService",
    AgencyKind.COURT: "LegalService",
    AgencyKind.MAGISTRATE: "LegalService",
    AgencyKind.NATIONAL_INVESTIGATION: "LawEnforcement",
    AgencyKind.BORDER_OR_PORT_AUTHORITY: "ImmigrationService",
    AgencyKind.SOCIAL_WELFARE: "CentralGovernmentOrganisation",
    AgencyKind.HEALTH: "HealthServiceOrganisation",
    AgencyKind.LOCAL_GOVERNMENT: "LocalGovernmentOrganisation",
    AgencyKind.MINISTRY: "CentralGovernmentOrganisation",
    AgencyKind.NGO: "NGO",
    AgencyKind.SHELTER: "NGO",
    AgencyKind.SCHOOL: "SchoolOrCollege",
    AgencyKind.FOREIGN_LAW_ENFORCEMENT: "LawEnforcement",
    AgencyKind.DONOR: Nothing("the list has no donors"),
    AgencyKind.COMMUNITY: Nothing("the list has no communities"),
    AgencyKind.MEDIA: Nothing("the list has no media"),
    AgencyKind.OTHER: Nothing("the list has no other"),
}
PLAN = {
    **same(PlanArea, "spl_Type"),
    PlanArea.SAFETY: "SocialCare",
    PlanArea.LEGAL_PROTECTION: "Legal",
    PlanArea.MENTAL_WELLBEING: "Health",
    PlanArea.ECONOMIC_EMPOWERMENT_EDUCATION: "Livelihood",
    PlanArea.SOCIAL_SUPPORT: "SocialCare",
    PlanArea.PHYSICAL_WELLBEING: "Health",
    PlanArea.SECURITY: "SocialCare",
    PlanArea.PSYCHOSOCIAL: "Health",
}
# Why somebody is sent on: to another place, or for help that we do not give.
REFERRED_FOR = dict.fromkeys(ServiceKind, "AdditionalServicesRequired") | {
    ServiceKind.RESETTLEMENT: "MigrationOrChangeOfLocation",
    ServiceKind.OTHER: "Other",
}
REFERRED = {
    ReferralStatus.ASKED: True,
    ReferralStatus.TAKEN: True,
    ReferralStatus.DONE: True,
    ReferralStatus.REFUSED: Nothing("nobody took the person on"),
    ReferralStatus.TAKEN_BACK: Nothing("it was taken back"),
}
DECEASED = dict.fromkeys(CareResult, Nothing("says nothing of it")) | {CareResult.DIED: "true"}

# The standard's way back into our lists, where one value of theirs stands for several of ours.
AGENCY_FOR = {
    "NGO": AgencyKind.NGO, "LawEnforcement": AgencyKind.POLICE,
    "HealthServiceOrganisation": AgencyKind.HEALTH, "CentralGovernmentOrganisation": AgencyKind.MINISTRY,
    "LocalGovernmentOrganisation": AgencyKind.LOCAL_GOVERNMENT,
    "ImmigrationService": AgencyKind.BORDER_OR_PORT_AUTHORITY, "LegalService": AgencyKind.COURT,
    "CorporateBusiness": AgencyKind.OTHER, "SchoolOrCollege": AgencyKind.SCHOOL, "": AgencyKind.OTHER,
}  # fmt: skip
VULNERABILITY_FOR = {
    "Addiction": Vulnerability.OTHER, "SocialGroup": Vulnerability.BROKEN_FAMILY,
    "Discrimination": Vulnerability.DISCRIMINATION, "Poverty": Vulnerability.POVERTY,
    "DisabilityAndPhysicalHealth": Vulnerability.DISABILITY, "MentalHealth": Vulnerability.OTHER,
    "Migration": Vulnerability.MIGRATION, "Homelessness": Vulnerability.HOMELESSNESS,
    "AbuseSocialMedia": Vulnerability.ONLINE_NAIVETY, "AbusePhysical": Vulnerability.PREVIOUS_ABUSE,
    "Education": Vulnerability.OUT_OF_SCHOOL, "WorkEnvironment": Vulnerability.OTHER,
}  # fmt: skip

# Fields that we fill with nothing, and why; shown in the guide and on the sheet of missing values.
NOT_HELD = {
    "prs_Salutation": _("not recorded: a name is one line, as the person writes it"),
    "prs_MiddleName": _("not recorded: a name is one line, as the person writes it"),
    "prs_MaritalStatus": _("not recorded"),
    "prs_NumberOfChildren": _("not recorded"),
    "prs_SecondaryLanguage": _("one language is recorded"),
    "prs_Email": _("not recorded"),
    "prs_MailingCity": _("an address is one text and stands under Mailing Street"),
    "prs_MailingState": _("an address is one text and stands under Mailing Street"),
    "prs_MailingPostalCode": _("an address is one text and stands under Mailing Street"),
    "prs_MailingCountry": _("an address is one text and stands under Mailing Street"),
    "prs_MailingLongitude": _("no coordinates are kept"),
    "prs_MailingLatitude": _("no coordinates are kept"),
    "org_ShippingStreet": _("not recorded"),
    "org_ShippingPostalCode": _("not recorded"),
    "org_ShippingLongitude": _("no coordinates are kept"),
    "org_ShippingLatitude": _("no coordinates are kept"),
    "org_Phone": _("not recorded"),
    "vic_LocationOfRecruitment": _("not recorded as an organisation; see the events"),
    "vic_DetailsOfVulnerabilities": _("deprecated; not recorded"),
    "per_Organisation": _("unfinished in the standard"),
    "cas_ReferringPrimaryCaseWorker": _("not recorded"),
    "cas_ReasonForIncomingReferral": _("not recorded as a code"),
    "cas_ReferredPrimaryCaseWorker": _("not recorded"),
    "hte_Longitude": _("no coordinates are kept"),
    "hte_Latitude": _("no coordinates are kept"),
    "hte_Street": _("not recorded"),
    "hte_PostalCode": _("not recorded"),
}


def value_of(table, code):
    """Their value for a code of ours; '' where they have none or nothing is known."""
    found = table.get(code, "") if code else ""
    return "" if isinstance(found, Nothing) or found is None else found


def values_of(table, codes, name):
    """Their values for several codes, each once, in the order of the standard."""
    found = {value_of(table, code) for code in codes}
    return [value for value in FIELDS[name].labels if value in found]


OVER_LEGAL = {LegalStatus.CLOSED, ""}
OVER_AFTERCARE = {AftercareStatus.CLOSED, AftercareStatus.NOT_STARTED, ""}


def status_of(case):
    """cas_Status from both tracks: active as long as either goes on, followed up when only that goes on."""
    legal_over = case.legal_status in OVER_LEGAL
    if case.aftercare_status == AftercareStatus.FOLLOW_UP and legal_over:
        return "FollowUp"
    if not legal_over or case.aftercare_status not in OVER_AFTERCARE:
        return "Active"
    if not case.legal_status and case.aftercare_status != AftercareStatus.CLOSED:
        return "Active"
    transferred = LegalReason.TRANSFERRED in (case.legal_reason, case.aftercare_reason)
    return "ClosedReferred" if transferred else "Closed"


def closure_of(case):
    """Why it was closed, from the codes alone and in the words of the standard's language."""
    if status_of(case) not in ("Closed", "ClosedReferred"):
        return ""
    reasons = (("Legal", case.legal_reason), ("Aftercare", case.aftercare_reason))
    return "; ".join(f"{track}: {spelt(code)}" for track, code in reasons if code)


def spelt(code):
    """A code as plain English words, whatever the language of whoever asks."""
    return str(code).replace("_", " ")


def closure_codes(text):
    """{'legal': code, 'aftercare': code} from a text that `closure_of` wrote."""
    kinds, found = {"Legal": LegalReason, "Aftercare": AftercareReason}, {}
    for part in text.split(";"):
        track, _colon, words = part.partition(":")
        code = words.strip().replace(" ", "_")
        if track.strip() in kinds and code in kinds[track.strip()].values:
            found[track.strip().lower()] = code
    return found
