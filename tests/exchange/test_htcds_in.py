"""Files of the standard brought in: official workbooks and their faults, forms, look-alikes, the way back."""

import io
import json
import warnings
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Agency, Case, ReferralStep
from cases.states import IllegalMove
from exchange import actions
from exchange.batch_states import BatchState
from exchange.htcds.dictionary import FIELDS, FLAT
from exchange.htcds.incoming import header
from exchange.incoming import running
from exchange.incoming.faults import told
from exchange.incoming.tables import Table
from exchange.models import Batch, BatchFault, Likeness
from operations.models import RouteLeg, Venue
from survivors import consents
from survivors.actions import edit_identity
from survivors.models import Consent, Episode, Identity, Survivor
from tests.factories import SurvivorMake
from tests.people import person

FILES = Path(__file__).parent / "files" / "htcds"
pytestmark = pytest.mark.django_db

LABELS = {FIELDS[name].label: name for name in FLAT}
PERSON = {
    "First Name": "Marisol", "Second Name": "Quibuyen", "Consent": "TRUE",
    "Birthdate": datetime(2009, 3, 5), "Gender": "feminine ", "Citizenship": "Philippines",
    "Mailing Street": "12 Harbour Road", "Mailing City": "Sampaloc", "Mailing Country": "PH",
    "Trafficking Status": "Actual victim of trafficking",
    "Methods of Control": "Debt bondage ;False promises",
    "Type of Exploitation": "Sexual exploitation", "Title": "", "Email": "her@example.org",
    "Forced Labour Industry": "Water supply; sewerage, waste management and remediation",
    "Type of Sex Exploitation": "Remote Interactive Services", "Status": "Follow up",
    "Referring Organisation": "Blue Door", "Incoming Referral Date": datetime(2026, 1, 10),
    "Referred Organisation": "Safe Harbour", "Reason for Outgoing Referral": "Other",
    "Location of Exploitation": "House by the sea", "Outgoing Referral Date": datetime(2026, 2, 1),
}  # fmt: skip


@pytest.fixture
def lead(case):
    return person(Role.OFFICE_DIRECTOR, case.office, name="Dolores")


def workbook(name, *people):
    """An official workbook with people typed in under its labels, from its first numbered row on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl drops the lists of the workbook
        book = load_workbook(FILES / name)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[2] if cell.value}
    for number, told_ in enumerate(people, 3):
        for label, value in told_.items():
            sheet.cell(number, places[label], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sent(user, plain, name="template.xlsx"):
    """Send it, accept the columns, have it checked."""
    office, now = user.memberships.first().office_id, timezone.now()
    with viewing_as(user):
        batch = actions.add_batch(office, by=user, now=now, kind="htcds", plain=plain, name=name)
        named = {int(place): column for place, column in batch.mapping["columns"].items()}
        actions.map_columns(batch.pk, by=user, now=now, named=named, dates="dmy")
    running.work_waiting()
    return fresh(batch, user)


def fresh(batch, user):
    with viewing_as(user):
        return Batch.objects.get(pk=batch.pk)


def step(action, batch, user, **choice):
    with viewing_as(user):
        action(batch.pk, by=user, now=timezone.now(), **choice)
    running.work_waiting()
    return fresh(batch, user)


def faults(batch, user):
    with viewing_as(user):
        rows = BatchFault.objects.filter(batch=batch).order_by("row", "column")
        return [(fault.row, fault.column, fault.code, told(fault.code, fault.params)) for fault in rows]


@pytest.mark.parametrize("name", ["plain.xlsx", "single-select.xlsx"])
def test_an_official_workbook_is_read_by_its_labels(name):
    table = Table((FILES / name).read_bytes(), "xlsx")
    rows = [cells for _number, cells in islice(table.rows(), 3)]
    assert header.find_header(rows) == (1, 2)
    from exchange.incoming.headers import joined  # noqa: PLC0415

    found = header.guess(joined(rows[:2]))
    assert sorted(found.values()) == sorted(FLAT)
    labels = {place: rows[1][place] for place in found}
    assert {labels[place]: field for place, field in found.items()} == LABELS


def test_other_spellings_of_headers_are_known():
    heads = {
        "group/prs_First_Name": "prs_FirstName", "vic_Methods_of_Control": "vic_MethodsOfControl",
        "vic_TraffickinStatusDecisionMakingOrg": "vic_TraffickingStatusDecisionMakingOrg",
        "PRS_BIRTHDATE": "prs_Birthdate", "Mailing Zip/Postal Code": "prs_MailingPostalCode",
        "First Name · prs_FirstName": "prs_FirstName", "Shoe size": "",
    }  # fmt: skip
    assert {head: header.column_of(head) for head in heads} == heads


def test_a_workbook_is_checked_brought_in_and_taken_back(lead, case):
    refused = {**PERSON, "First Name": "Ana", "Consent": "FALSE"}
    wrong = {
        **PERSON,
        "First Name": "Lin",
        "Gender": "purple",
        "Citizenship": "Atlantis",
        "Birthdate": "soon",
    }
    batch = sent(lead, workbook("single-select.xlsx", PERSON, refused, wrong))
    assert (batch.status, batch.rows, batch.faults) == (BatchState.CHECKED, 3, 2)
    found = faults(batch, lead)
    assert [(row, column, code) for row, column, code, _words in found] == [
        (4, "con_Consent", "htcds_refused"), (5, "prs_Birthdate", "date"),
        (5, "prs_Citizenship", "country"), (5, "prs_Gender", "htcds_value"),
    ]  # fmt: skip
    assert "Feminine, Masculine" in found[3][3]
    assert batch.makes["no_place.prs_Email"] == 1
    batch = step(actions.load_batch, batch, lead)
    assert batch.status == BatchState.LOADED
    with viewing_as(lead):
        her = Survivor.objects.exclude(case=case).get()
        who, made = Identity.objects.get(survivor=her), her.case
        assert who.latin_name.open() == "Marisol Quibuyen"
        assert who.address.open() == "12 Harbour Road\nSampaloc\nPH"
        assert (her.born.open(), her.nationality, her.gender) == ("2009-03-05", ["PH"], "Feminine")
        episode = Episode.objects.get(survivor=her)
        assert episode.control == ["DebtBondage", "FalsePromises"]
        assert episode.industry == "E_WaterSupplySewerageWasteManagement"
        assert Venue.objects.get(case=made).name == "House by the sea"
        assert (made.aftercare_status, made.opened_on) == ("follow_up", "2026-01-10")
        names = {agency.key: agency.name for agency in Agency.objects.filter(case=made)}
        steps = ReferralStep.objects.filter(case=made).order_by("position")
        road = [(names.get(one.source, one.source), names.get(one.target, one.target)) for one in steps]
        assert road == [("Blue Door", "us"), ("us", "Safe Harbour")]
        # Consent is recorded and opens nothing: to no receiver and for no purpose of a file.
        consent = Consent.objects.get(survivor=her)
        assert (consent.purpose, consent.to, consent.what) == ("data_keeping", "us", [])
        for purpose in ("legal_support", "share_with_agency", "services", "research"):
            assert consents.reasons_against([her], purpose=purpose, receiver="RTC", now=timezone.now())
    batch = step(actions.undo_batch, batch, lead)
    assert batch.status == BatchState.UNDONE
    with viewing_as(lead):
        assert list(Case.objects.values_list("pk", flat=True)) == [case.pk]
        assert not Identity.objects.exists()


def test_who_may_be_here_already_is_proposed_and_never_joined(lead, case, safeguarding_lead):
    here = SurvivorMake(case=case, gender="Feminine", nationality=["PH"], external_id="")
    again = SurvivorMake(case=case, external_id="old-7")
    with viewing_as(safeguarding_lead):
        edit_identity(
            here.pk, by=safeguarding_lead, now=timezone.now(), latin_name="Marisol Kibuyen", born="2009-03-05"
        )
    rows = {
        "prs": [{"x_person": "old-7"}, {"x_person": "n2", "prs_FirstName": "Marisol",
                 "prs_SecondName": "Quibuyen", "prs_Birthdate": "2009-03-05", "prs_Citizenship": ["PH"]},
                {"x_person": "n3", "prs_FirstName": "Sokha", "prs_SecondName": "Chan"}],
        "vic": [{"x_person": key, "x_case": "c1", "vic_TypeOfExploitation": ["ForcedLabour"]}
                for key in ("old-7", "n2", "n3")],
        "hte": [{"x_person": "n3", "x_case": "c1", "hte_Type": "Transit", "hte_Country": "Ghana"},
                {"x_person": "n3", "x_case": "c1", "hte_Type": "Exploitation", "hte_Date": "2024-05",
                 "hte_City": "Yeji", "hte_Country": "GH"}],
    }  # fmt: skip
    batch = sent(lead, json.dumps(rows).encode(), "from elsewhere.json")
    assert (batch.rows, batch.faults) == (3, 0)
    with viewing_as(lead):
        likes = dict(Likeness.objects.filter(batch=batch).order_by("row").values_list("row", "record_id"))
    assert likes == {2: again.pk, 3: here.pk}
    assert Event.objects.filter(verb="identity.search", actor_id=lead.pk).exists()
    batch = step(actions.load_batch, batch, lead)
    with viewing_as(lead):
        new = Survivor.objects.exclude(pk__in=[here.pk, again.pk]).get()
        assert new.external_id == "n3"
        episode = Episode.objects.get(survivor=new)
        assert (episode.started, episode.kinds) == ("2024-05", ["ForcedLabour"])
        assert RouteLeg.objects.get(case=new.case).target == {"country": "GH"}
        assert Venue.objects.get(case=new.case).locality == "Yeji"


def test_what_is_no_file_of_the_standard_is_refused(lead):
    for name, plain in (("a.json", b"[1, 2]"), ("a.zip", b"PK nothing"), ("a.pdf", b"%PDF-1.7")):
        with pytest.raises(IllegalMove):
            sent(lead, plain, name)
