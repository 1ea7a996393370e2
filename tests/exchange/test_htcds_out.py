"""Files of the standard: what leaves without names, what with names and for whom, and the official sheet."""

import csv
import io
import json
import zipfile

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Case
from exchange import actions
from exchange.building import build_waiting
from exchange.htcds.dictionary import FIELDS, FLAT
from exchange.states import ExportState
from reference.fields import CodeField, PartialDateField, QuantityField
from survivors.actions import edit_identity
from tests.exchange.conftest import latest, taken
from tests.factories import (
    AccusedMake,
    AgeMake,
    AgencyMake,
    CareMake,
    ConsentMake,
    EpisodeMake,
    GoalMake,
    NoteMake,
    PlanMake,
    ReferralMake,
    ReferralStepMake,
    ReliefMake,
    RouteLegMake,
    RouteMake,
    SurvivorMake,
    VenueMake,
    VerdictMake,
)

ADD = reverse("exchange:htcds-add")
SECRETS = ("Marisol", "Quibuyen", "639171234567", "ZX-778899", "2009-03-05", "Sampaloc")
LEAK = "Marisol Quibuyen, born 2009-03-05, +639171234567, ZX-778899, Sampaloc 12"
NO_WORDS = (CodeField, PartialDateField, QuantityField)


def leaking(make, **facts):
    """A record in which somebody wrote who she is wherever words can be written."""
    for field in make._meta.model._meta.concrete_fields:
        free = isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, NO_WORDS)
        if free and field.name not in facts and (field.max_length or 1000) >= 100:
            facts[field.name] = LEAK
    return make(**facts)


@pytest.fixture
def told(case, safeguarding_lead):
    """One person with all that a file can tell, and her name in every text around her."""
    Case._base_manager.filter(pk=case.pk).update(
        title=LEAK, summary=LEAK, legal_note=LEAK, opened_on="2026-01-15"
    )
    her = leaking(SurvivorMake, case=case, gender="Feminine", nationality=["PH"], vulnerabilities=["poverty"])
    agency = leaking(AgencyMake, case=case, kind="ngo", country="PH")
    venue = leaking(VenueMake, case=case, kind="bar", country="PH")
    leaking(
        EpisodeMake, case=case, survivor=her, kinds=["SexualExploitation", "ForcedLabour"], born_into=True,
        control=["RestrictsMovement", "DebtBondage"], recruited=["ThroughOnlineSocialNetworks"],
        apps=["Facebook"], recruiter="intimate_partner", industry="I_AccommodationAndFoodServiceActivities",
        started="2009-03-05", venues=[venue.key], sex=["Prostitution"],
    )  # fmt: skip
    leaking(ReliefMake, case=case, survivor=her, on="2026-02-03", how="own_escape")
    leaking(AgeMake, case=case, survivor=her, years="12", at="recruited")
    leaking(ReferralStepMake, case=case, position=1, source=agency.key, target="us", on="2026-01-10")
    leaking(NoteMake, case=case, about=[her.key])
    route = leaking(RouteMake, case=case, who=[her.key])
    place = {"locality": LEAK, "area": LEAK, "country": "PH", "note": LEAK}
    leaking(RouteLegMake, case=case, route=route, position=1, stage="Transit", on="2026-01-20", target=place)
    care = leaking(CareMake, case=case, survivor=her)
    leaking(GoalMake, case=case, plan=leaking(PlanMake, case=case, care=care), area="Psychosocial")
    consent = leaking(
        ConsentMake, case=case, survivor=her, purpose="legal_support", receiver="",
        what=["identity", "exploitation", "needs"],
    )  # fmt: skip
    leaking(ReferralMake, case=case, care=care, to="", consent=consent, kind="housing", on="2026-02-20")
    leaking(AccusedMake, case=case, roles=["Exploiter"], born_year=1970, aliases=[LEAK])
    VerdictMake(case=case, accused=AccusedMake(case=case, name="Cleared Person"), result="acquitted")
    with viewing_as(safeguarding_lead):
        edit_identity(
            her.pk, by=safeguarding_lead, now=timezone.now(), latin_name="Marisol Quibuyen",
            born="2009-03-05", phones="0917 123 4567", address="Sampaloc 12\nManila",
            numbers=[{"kind": "national", "number": "ZX-778899"}],
        )  # fmt: skip
    return her


def asked(client, user, **answers):
    """Ask on the page, make it, and give the export as it stands then."""
    facts = {"kind": "htcds", "form": "json", "purpose": "casework", "why": "Yearly sharing", **answers}
    response = client.post(ADD, facts)
    assert response.status_code == 302, response.context and response.context["form"].errors
    build_waiting()
    return latest(user)


def plain(content):
    """All bytes of a file, those inside of archives too."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())


def test_nothing_of_an_identity_is_in_any_byte_of_a_file_without_names(signed_in, told, director):
    client = signed_in(director)
    assert client.get(ADD).status_code == 200
    for form in ("json", "zip", "xlsx"):
        export = asked(client, director, form=form)
        assert export.status == ExportState.READY
        found = plain(taken(client, export))
        assert b"SexualExploitation" in found or b"Sexual exploitation" in found
        for secret in (*SECRETS, "Cleared", told.case.number):
            assert secret.encode() not in found, (form, secret)
    assert not Event.objects.filter(verb="identity.open").exists()


def test_what_we_know_of_a_person_is_told_in_the_words_of_the_standard(signed_in, told, director):
    client = signed_in(director)
    document = json.loads(taken(client, asked(client, director)))
    assert document["profile"] == "pseudonymised"
    victim = document["vic"][0]
    person = next(row for row in document["prs"] if row["x_person"] == victim["x_person"])
    # Nobody else has these keys: not we ourselves on our pages, and no other receiver.
    assert str(told.pk) not in json.dumps(document)
    assert victim["vic_MethodsOfControl"] == ["DebtBondage", "Other"]
    assert victim["vic_TraffickingStatus"] == "ActualVictimOfTrafficking"
    assert victim["vic_RelationshipToTrafficker"] == "Acquainted"
    assert victim["vic_AgeWhenTrafficked"] == 12
    assert victim["vic_RecruitmentWebsitesAndApps"] == ["Facebook"]
    assert person["prs_Birthdate"] == "2009"
    events = [(row["hte_Type"], row.get("hte_Date"), row["hte_Country"]) for row in document["hte"]]
    # Born into it: the beginning is her birthday, so the year alone; and where she came out of it.
    assert events == [
        ("Transit", "2026", "PH"),
        ("Exploitation", "2009", "PH"),
        ("Exploitation", "2026", "PH"),
    ]
    assert [row["org_Type"] for row in document["org"] if "org_Type" in row] == ["NGO"]
    case = document["cas"][0]
    assert (case["cas_IncomingReferralDate"], case["cas_ReasonForOutgoingReferral"]) == (
        "2026-01", "AdditionalServicesRequired",
    )  # fmt: skip
    assert document["spl"][0]["spl_Type"] == "Health"
    assert [row["per_RoleInProcess"] for row in document["per"]] == [["Exploiter"]]
    assert document["cco"] == []
    assert document["missing"]["prs_MaritalStatus"] == {"rows": 2, "filled": 0}
    assert set(document["missing"]) == set(FIELDS)


def test_names_leave_for_those_who_agreed_to_them_after_a_second_person(
    signed_in, told, case, director, legal_lead
):
    vague = SurvivorMake(case=case)
    ConsentMake(case=case, survivor=vague, purpose="legal_support")
    client = signed_in(director)
    inside = client.post(ADD, {"kind": "htcds_names", "form": "json", "purpose": "casework", "why": "x"})
    assert inside.status_code == 422
    export = asked(client, director, kind="htcds_names", purpose="court", receiver="RTC 10")
    assert export.status == ExportState.WAITING
    for who in (director, legal_lead):  # both know before the yes who will not stand in it
        page = signed_in(who).get(reverse("exchange:export-detail", args=[export.pk]))
        assert "Made now, it would leave out: 1 person" in page.content.decode()
    with viewing_as(legal_lead):
        actions.approve_export(export.pk, by=legal_lead, now=timezone.now())
    assert build_waiting() == 1
    export = latest(director)
    document = json.loads(taken(signed_in(director), export))
    hers = next(row for row in document["prs"] if row["x_person"] == str(told.pk))
    assert (hers["prs_FirstName"], hers["prs_SecondName"]) == ("Marisol", "Quibuyen")
    assert (hers["prs_Birthdate"], hers["prs_IdentityNumber"]) == ("2009-03-05", "ZX-778899")
    # She agreed to be named, not to be called or visited.
    assert not {"prs_MobilePhone", "prs_MailingStreet"} & hers.keys()
    assert "Cleared" not in json.dumps(document)
    assert [line["reason"] for line in export.left_out] == ["less"]
    opened = Event.objects.filter(verb="identity.open")
    assert [(event.actor_id, event.subject_id) for event in opened] == [(director.pk, str(told.pk))]


def test_whoever_did_not_agree_is_left_out_when_it_leaves_us(signed_in, told, case, director):
    SurvivorMake(case=case)
    client = signed_in(director)
    export = asked(client, director, purpose="court", receiver="RTC 10")
    assert (export.rows, [line["reason"] for line in export.left_out]) == (0, ["less", "never_asked"])


def test_the_sheet_is_the_official_one_without_its_faults(signed_in, told, director):
    client = signed_in(director)
    book = load_workbook(io.BytesIO(taken(client, asked(client, director, form="xlsx"))))
    sheet = book["Case Sheet"]
    names = [cell.value for cell in sheet[1]][1:39]
    labels = [cell.value for cell in sheet[2]][1:39]
    assert sheet.row_dimensions[1].hidden
    assert names == list(FLAT)
    assert labels == [FIELDS[name].label for name in FLAT]
    row = dict(zip(names, [cell.value for cell in sheet[3]][1:39], strict=True))
    assert sheet["A3"].value == 1
    assert row["prs_Citizenship"] == "Philippines"
    assert row["vic_TypeOfExploitation"] == "Forced labour;Sexual exploitation"
    assert row["vic_ForcedLabourIndustry"] == "Accommodation and food service activities"
    archive = zipfile.ZipFile(io.BytesIO(taken(client, asked(client, director, form="zip"))))
    flat = list(csv.DictReader(io.StringIO(archive.read("flat.csv").decode("utf-8-sig"))))
    assert list(flat[0])[:38] == list(FLAT)
    assert flat[0]["vic_TypeOfExploitation"] == "ForcedLabour;SexualExploitation"
    guide = client.get(reverse("exchange:htcds-fields")).content.decode()
    assert all(name in guide for name in FIELDS)
