"""Code lists of people and what happened to them; HTCDS 2.0 names where that standard has them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Gender(models.TextChoices):
    """HTCDS prs_Gender"""

    FEMININE = "Feminine", _("Feminine")
    MASCULINE = "Masculine", _("Masculine")
    TRANSGENDER_FEMININE = "TransgenderFeminine", _("Transgender feminine")
    TRANSGENDER_MASCULINE = "TransgenderMasculine", _("Transgender masculine")
    NON_CONFORMING = "NonConforming", _("Non-conforming")
    NON_SPECIFIED_UNKNOWN = "NonSpecifiedUnknown", _("Not specified or unknown")


class AgeMoment(models.TextChoices):
    """Which moment does the age belong to?"""

    RECRUITED = "recruited", _("Recruited")
    FIRST_EXPLOITED = "first_exploited", _("First exploited")
    EPISODE = "episode", _("Episode")
    RELIEF = "relief", _("Relief")
    INTAKE = "intake", _("Intake")
    STATEMENT = "statement", _("Statement")
    VERDICT = "verdict", _("Verdict")
    NOW = "now", _("Now")
    EVENT = "event", _("Event")


class Vulnerability(models.TextChoices):
    """What made the person easy to recruit?"""

    POVERTY = "poverty", _("Poverty")
    OUT_OF_SCHOOL = "out_of_school", _("Out of school")
    BROKEN_FAMILY = "broken_family", _("Broken family")
    ORPHANED = "orphaned", _("Orphaned")
    MIGRATION = "migration", _("Migration")
    DEBT = "debt", _("Debt")
    DISABILITY = "disability", _("Disability")
    DISCRIMINATION = "discrimination", _("Discrimination")
    PREVIOUS_ABUSE = "previous_abuse", _("Previous abuse")
    ONLINE_NAIVETY = "online_naivety", _("Online naivety")
    HOMELESSNESS = "homelessness", _("Homelessness")
    ILLITERACY = "illiteracy", _("Illiteracy")
    OTHER = "other", _("Other")


class Exploitation(models.TextChoices):
    """Type of exploitation (HTCDS)"""

    FORCED_LABOUR = "ForcedLabour", _("Forced labour")
    SEXUAL_EXPLOITATION = "SexualExploitation", _("Sexual exploitation")
    CHILD_LABOUR = "ChildLabour", _("Child labour")
    FORCED_MARRIAGE = "ForcedMarriage", _("Forced marriage")
    SERVITUDE = "Servitude", _("Servitude")
    FORCED_MILITARY_BY_NON_STATE_ACTORS = (
        "ForcedMilitaryByNonStateActors",
        _("Forced military service by non-state actors"),
    )
    ORGAN_REMOVAL = "OrganRemoval", _("Organ removal")
    FORCED_BEGGING = "ForcedBegging", _("Forced begging")
    FORCED_ADOPTION = "ForcedAdoption", _("Forced adoption")
    SURROGACY = "Surrogacy", _("Surrogacy")
    OTHER = "Other", _("Other")


class SexualExploitation(models.TextChoices):
    """Form of sexual exploitation (HTCDS)"""

    PROSTITUTION = "Prostitution", _("Prostitution")
    PORNOGRAPHY = "Pornography", _("Pornography")
    REMOTE_INTERACTIVE_SERVICES = "RemoteInteractiveServices", _("Remote interactive services")
    PRIVATE_SEXUAL_SERVICES = "PrivateSexualServices", _("Private sexual services")


class Industry(models.TextChoices):
    """ISIC section (HTCDS)"""

    AGRICULTURE_FORESTRY_AND_FISHING = (
        "A_AgricultureForestryAndFishing",
        _("Agriculture forestry and fishing"),
    )
    MINING_AND_QUARRYING = "B_MiningAndQuarrying", _("Mining and quarrying")
    MANUFACTURING = "C_Manufacturing", _("Manufacturing")
    ELECTRICITY_GAS_STEAM_AND_AIR_CONDITIONING_SUPPLY = (
        "D_ElectricityGasSteamAndAirConditioningSupply",
        _("Electricity gas steam and air conditioning supply"),
    )
    WATER_SUPPLY_SEWERAGE_WASTE_MANAGEMENT = (
        "E_WaterSupplySewerageWasteManagement",
        _("Water supply sewerage waste management"),
    )
    CONSTRUCTION = "F_Construction", _("Construction")
    WHOLESALE_AND_RETAIL_TRADE_REPAIR_OF_MOTOR_VEHICLES = (
        "G_WholesaleAndRetailTradeRepairOfMotorVehicles",
        _("Wholesale and retail trade repair of motor vehicles"),
    )
    TRANSPORTATION_AND_STORAGE = "H_TransportationAndStorage", _("Transportation and storage")
    ACCOMMODATION_AND_FOOD_SERVICE_ACTIVITIES = (
        "I_AccommodationAndFoodServiceActivities",
        _("Accommodation and food service activities"),
    )
    INFORMATION_AND_COMMUNICATION = "J_InformationAndCommunication", _("Information and communication")
    FINANCIAL_AND_INSURANCE_ACTIVITIES = (
        "K_FinancialAndInsuranceActivities",
        _("Financial and insurance activities"),
    )
    REAL_ESTATE_ACTIVITIES = "L_RealEstateActivities", _("Real estate activities")
    PROFESSIONAL_SCIENTIFIC_AND_TECHNICAL_ACTIVITIES = (
        "M_ProfessionalScientificAndTechnicalActivities",
        _("Professional scientific and technical activities"),
    )
    ADMINISTRATIVE_AND_SUPPORT_SERVICE_ACTIVITIES = (
        "N_AdministrativeAndSupportServiceActivities",
        _("Administrative and support service activities"),
    )
    PUBLIC_ADMINISTRATION_AND_DEFENCE = (
        "O_PublicAdministrationAndDefence",
        _("Public administration and defence"),
    )
    EDUCATION = "P_Education", _("Education")
    HUMAN_HEALTH_AND_SOCIAL_WORK_ACTIVITIES = (
        "Q_HumanHealthAndSocialWorkActivities",
        _("Human health and social work activities"),
    )
    ARTS_ENTERTAINMENT_AND_RECREATION = (
        "R_ArtsEntertainmentAndRecreation",
        _("Arts entertainment and recreation"),
    )
    OTHER_SERVICE_ACTIVITIES = "S_OtherServiceActivities", _("Other service activities")
    ACTIVITIES_OF_HOUSEHOLDS_AS_EMPLOYERS = (
        "T_ActivitiesOfHouseholdsAsEmployers",
        _("Activities of households as employers"),
    )
    ACTIVITIES_OF_EXTRATERRITORIAL_ORGANIZATIONS = (
        "U_ActivitiesOfExtraterritorialOrganizations",
        _("Activities of extraterritorial organizations"),
    )


class App(models.TextChoices):
    """Website or app (HTCDS)"""

    FACEBOOK = "Facebook", _("Facebook")
    INSTAGRAM = "Instagram", _("Instagram")
    WHATS_APP = "WhatsApp", _("WhatsApp")
    TELEGRAM = "Telegram", _("Telegram")
    FACEBOOK_MESSENGER = "FacebookMessenger", _("Facebook Messenger")
    VIBER = "Viber", _("Viber")
    SNAP_CHAT = "SnapChat", _("Snapchat")
    LINE = "Line", _("Line")
    APP_4SALE = "4Sale", _("4Sale")
    WE_CHAT = "WeChat", _("WeChat")
    QQ = "QQ", _("QQ")
    QZONE = "QZone", _("QZone")
    TIK_TOK = "TikTok", _("TikTok")
    TWITTER = "Twitter", _("Twitter")
    OTHER = "Other", _("Other")


class Recruitment(models.TextChoices):
    """Method of recruitment (HTCDS)"""

    AT_APLACE_OF_BUSINESS = "AtAPlaceOfBusiness", _("At a place of business")
    AT_AN_EDUCATIONAL_INSTITUTION = "AtAnEducationalInstitution", _("At an educational institution")
    AT_WORK = "AtWork", _("At work")
    THROUGH_ONLINE_SOCIAL_NETWORKS = "ThroughOnlineSocialNetworks", _("Through online social networks")
    THROUGH_AN_ONLINE_ADVERTISEMENT = "ThroughAnOnlineAdvertisement", _("Through an online advertisement")
    THROUGH_ATELEVISION_ADVERT = "ThroughATelevisionAdvert", _("Through a television advert")
    THROUGH_ANEWSPAPER_ADVERT = "ThroughANewspaperAdvert", _("Through a newspaper advert")
    THROUGH_FAMILY_OR_FAMILY_EVENTS = "ThroughFamilyOrFamilyEvents", _("Through family or family events")
    THROUGH_FRIENDS_OR_SOCIAL_EVENTS = "ThroughFriendsOrSocialEvents", _("Through friends or social events")
    OTHER = "Other", _("Other")


class Recruiter(models.TextChoices):
    """Who recruited (fine list)?"""

    INTIMATE_PARTNER = "intimate_partner", _("Intimate partner")
    FRIEND_OR_ACQUAINTANCE = "friend_or_acquaintance", _("Friend or acquaintance")
    FAMILY_OR_GUARDIAN = "family_or_guardian", _("Family or guardian")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Relationship(models.TextChoices):
    """Relationship to the trafficker (HTCDS)"""

    FAMILIAL = "Familial", _("Familial")
    ACQUAINTED = "Acquainted", _("Acquainted")
    UNAQUAINTED = "Unaquainted", _("Not acquainted")


class Control(models.TextChoices):
    """Method of control (HTCDS)"""

    PHYSICAL_THREATS = "PhysicalThreats", _("Physical threats")
    THREATS_LAW_ENFORCEMENT = "ThreatsLawEnforcement", _("Threats of law enforcement")
    THREATENS_CHILDREN_FAMILY = "ThreatensChildrenFamily", _("Threats against children or family")
    DEBT_BONDAGE = "DebtBondage", _("Debt bondage")
    FALSE_PROMISES = "FalsePromises", _("False promises")
    PHYSICAL_ABUSE = "PhysicalAbuse", _("Physical abuse")
    SEXUAL_ABUSE = "SexualAbuse", _("Sexual abuse")
    TAKES_EARNINGS = "TakesEarnings", _("Takes earnings")
    RESTRICTS_FINANCIAL_ACCESS = "RestrictsFinancialAccess", _("Restricts financial access")
    RESTRICTS_MEDICAL_CARE = "RestrictsMedicalCare", _("Restricts medical care")
    WITHHOLDS_NECESSITIES = "WithholdsNecessities", _("Withholds necessities")
    PSYCHOLOGICAL_ABUSE = "PsychologicalAbuse", _("Psychological abuse")
    PSYCHOACTIVE_SUBSTANCE = "PsychoactiveSubstance", _("Psychoactive substance")
    EXCESSIVE_WORKING_HOURS = "ExcessiveWorkingHours", _("Excessive working hours")
    WITHHOLDS_DOCUMENTS = "WithholdsDocuments", _("Withholds documents")
    OTHER = "Other", _("Other")
    RESTRICTS_MOVEMENT = "RestrictsMovement", _("Restricts movement")


class ReliefRoad(models.TextChoices):
    """How did the exploitation end?"""

    OPERATION = "operation", _("Operation")
    OWN_ESCAPE = "own_escape", _("Own escape")
    THIRD_PARTY = "third_party", _("Third party")
    INTERCEPTION = "interception", _("Interception")
    RELEASED = "released", _("Released")
    REPATRIATION = "repatriation", _("Repatriation")
    WITHDRAWN_BY_FAMILY = "withdrawn_by_family", _("Withdrawn by family")
    OTHER = "other", _("Other")


class Relation(models.TextChoices):
    """What is that person to this person?"""

    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    PARENT = "parent", _("Parent")
    STEPPARENT = "stepparent", _("Stepparent")
    GRANDPARENT = "grandparent", _("Grandparent")
    SISTER = "sister", _("Sister")
    BROTHER = "brother", _("Brother")
    SIBLING = "sibling", _("Sibling")
    AUNT = "aunt", _("Aunt")
    UNCLE = "uncle", _("Uncle")
    COUSIN = "cousin", _("Cousin")
    SPOUSE = "spouse", _("Spouse")
    INTIMATE_PARTNER = "intimate_partner", _("Intimate partner")
    SON = "son", _("Son")
    DAUGHTER = "daughter", _("Daughter")
    CHILD = "child", _("Child")
    NIECE = "niece", _("Niece")
    NEPHEW = "nephew", _("Nephew")
    IN_LAW = "in_law", _("In-law")
    OTHER_RELATIVE = "other_relative", _("Other relative")
    GUARDIAN = "guardian", _("Guardian")
    NEIGHBOUR = "neighbour", _("Neighbour")
    FRIEND = "friend", _("Friend")
    EMPLOYER = "employer", _("Employer")
    UNRELATED = "unrelated", _("Unrelated")


class StatementResult(models.TextChoices):
    """What came of the interview?"""

    REFUSED = "refused", _("Refused")
    PARTIAL = "partial", _("Partial")
    FULL = "full", _("Full")
    RETRACTED = "retracted", _("Retracted")
    UNKNOWN = "unknown", _("Unknown")


class Stance(models.TextChoices):
    """Is the survivor willing to be a witness?"""

    WILLING = "willing", _("Willing")
    UNWILLING = "unwilling", _("Unwilling")
    NOT_YET = "not_yet", _("Not yet")
    ONLY_WITH_PROTECTION = "only_with_protection", _("Only with protection")
    UNKNOWN = "unknown", _("Unknown")


class HealthKind(models.TextChoices):
    """What happened?"""

    INJURY = "injury", _("Injury")
    ILLNESS = "illness", _("Illness")
    PREGNANCY = "pregnancy", _("Pregnancy")
    BIRTH = "birth", _("Birth")
    STILLBIRTH = "stillbirth", _("Stillbirth")
    MISCARRIAGE = "miscarriage", _("Miscarriage")
    CARE_REFUSED = "care_refused", _("Care refused")
    MEDICAL_CHECK = "medical_check", _("Medical check")
    HOSPITAL = "hospital", _("Hospital")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    OTHER = "other", _("Other")
