"""The standard as data is whole, and every code of ours has its value in it or a reason."""

import json

import pytest

from aftercare.states import CareResult, PlanArea, ReferralStatus, ServiceKind
from cases.states import AftercareStatus, AgencyKind, LegalReason, LegalStatus
from exchange.htcds import tables
from exchange.htcds.dictionary import (
    ALPHA_3,
    DATA,
    ENTITIES,
    FIELDS,
    FLAT,
    OF_ENTITY,
    country_of,
    language_of,
)
from exchange.htcds.profiles import without_names
from exchange.htcds.tables import Nothing
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

MAPPED = [
    (Gender, tables.GENDER, "prs_Gender"),
    (Exploitation, tables.EXPLOITATION, "vic_TypeOfExploitation"),
    (SexualExploitation, tables.SEX, "vic_TypeOfSexExploitation"),
    (Industry, tables.INDUSTRY, "vic_ForcedLabourIndustry"),
    (Recruitment, tables.RECRUITMENT, "vic_MethodOfRecruitment"),
    (Control, tables.CONTROL, "vic_MethodsOfControl"),
    (Relationship, tables.RELATIONSHIP, "vic_RelationshipToTrafficker"),
    (Recruiter, tables.RECRUITER, "vic_RelationshipToTrafficker"),
    (App, tables.APP, "vic_ExploitationWebsitesAndApps"),
    (App, tables.APP, "vic_RecruitmentWebsitesAndApps"),
    (Vulnerability, tables.VULNERABILITY, "vic_Vulnerabilities"),
    (RoleInProcess, tables.ROLE, "per_RoleInProcess"),
    (LegStage, tables.EVENT, "hte_Type"),
    (AgencyKind, tables.ORGANISATION, "org_Type"),
    (PlanArea, tables.PLAN, "spl_Type"),
    (ServiceKind, tables.REFERRED_FOR, "cas_ReasonForOutgoingReferral"),
]


def test_the_standard_has_its_84_fields_and_the_sheet_its_38_columns():
    assert len(FIELDS) == 84
    assert sum(len(fields) for fields in OF_ENTITY.values()) == 84
    assert list(OF_ENTITY) == list(ENTITIES)
    core = {field.name for field in FIELDS.values() if field.core and not field.deprecated}
    assert set(FLAT) == core
    assert len(FLAT) == len(set(FLAT)) == 38
    kept = json.loads((DATA / "fields.json").read_text(encoding="utf-8"))
    assert "CC BY 4.0" in kept["licence"]
    assert all(ALPHA_3.values())


@pytest.mark.parametrize(("codes", "table", "name"), MAPPED, ids=lambda one: getattr(one, "__name__", None))
def test_every_code_of_ours_has_a_value_or_a_reason(codes, table, name):
    for code in codes:
        found = table[code]
        assert found in FIELDS[name].labels or (isinstance(found, Nothing) and found), f"{code} has neither"


def test_states_of_care_and_referrals_are_all_thought_of():
    assert set(tables.DECEASED) == set(CareResult)
    assert set(tables.REFERRED) == set(ReferralStatus)
    assert set(tables.AGENCY_FOR) == {*FIELDS["org_Type"].labels, ""}
    assert set(tables.VULNERABILITY_FOR) == set(FIELDS["vic_Vulnerabilities"].labels)
    for value, code in tables.AGENCY_FOR.items():
        assert tables.value_of(tables.ORGANISATION, code) in (value, ""), value


class Tracks:
    legal_reason = aftercare_reason = ""

    def __init__(self, legal, aftercare):
        self.legal_status, self.aftercare_status = legal, aftercare


def test_every_pair_of_tracks_has_a_status():
    for legal in ("", *LegalStatus.values):
        for aftercare in ("", *AftercareStatus.values):
            assert tables.status_of(Tracks(legal, aftercare)) in FIELDS["cas_Status"].labels
    assert tables.status_of(Tracks("trial", "closed")) == "Active"
    assert tables.status_of(Tracks("closed", "in_care")) == "Active"
    assert tables.status_of(Tracks("closed", "follow_up")) == "FollowUp"
    assert tables.status_of(Tracks("closed", "closed")) == "Closed"
    sent_on = Tracks("closed", "closed")
    sent_on.legal_reason = LegalReason.TRANSFERRED.value
    assert tables.status_of(sent_on) == "ClosedReferred"
    assert tables.closure_codes(tables.closure_of(sent_on)) == {"legal": "transferred"}


@pytest.mark.parametrize(
    ("name", "word", "value"),
    [
        ("vic_MethodsOfControl", "Debt bondage ", "DebtBondage"),
        ("cas_Status", "Follow up", "FollowUp"),
        ("cas_Status", "FOLLOW UP", "FollowUp"),
        ("vic_RelationshipToTrafficker", "Unacquainted", "Unaquainted"),
        ("vic_ForcedLabourIndustry", "Water supply; sewerage, waste management and remediation",
         "E_WaterSupplySewerageWasteManagement"),
        ("vic_ForcedLabourIndustry", "A", "A_AgricultureForestryAndFishing"),
        ("prs_Gender", "Not Specified/Unknown", "NonSpecifiedUnknown"),
        ("prs_Gender", "something else", None),
    ],
)  # fmt: skip
def test_values_are_read_as_names_labels_and_known_slips(name, word, value):
    assert FIELDS[name].value_of(word) == value


def test_countries_and_languages_are_read_in_every_usual_form():
    assert {country_of(word) for word in ("PH", "phl", "Philippines", "philippines ")} == {"PH"}
    assert country_of("Bolivia (Plurinational State of)") == country_of("bolivia") == "BO"
    assert country_of("Côte d'Ivoire") == country_of("Ivory Coast") == "CI"
    assert country_of("Atlantis") is None
    assert language_of("km") == language_of("Central Khmer") == "khm"


def test_without_names_no_words_and_no_day_leave():
    row = dict.fromkeys(FIELDS, "2009-03-05") | {"x_person": "key"}
    kept = without_names(row)
    assert kept["prs_Birthdate"] == "2009"
    assert kept["hte_Date"] == "2009-03"
    assert kept["hte_Country"] == ""  # no country: somebody wrote something else there
    assert not {name for name in kept if name in FIELDS and FIELDS[name].text} - {
        "cas_ReasonForCaseClosure", "hte_Country", "prs_Title", "org_ShippingCountry"
    }  # fmt: skip
    for name in (
        "prs_Salutation", "prs_FirstName", "prs_MiddleName", "prs_SecondName", "prs_IdentityNumber",
        "prs_Email",
        "prs_HomePhone", "prs_MobilePhone", "prs_MailingStreet", "prs_MailingCity", "prs_MailingLatitude",
        "hte_Longitude", "hte_City", "org_Name", "org_ShippingLatitude", "cco_CaseComment", "spl_Objectives",
    ):  # fmt: skip
        assert name not in kept
