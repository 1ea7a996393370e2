"""What the files say of benefits: for whom, from whom, on which papers, and only in codes that are known."""

import pytest
from django.urls import reverse

from aftercare.states import OwedBy, PaperKind
from law.models import Entitlement
from law.states import Level
from law.whom import LISTS, whom_fault, words_of
from survivors.states import Exploitation, Gender
from tests.law.test_loading import load, written
from tests.law.test_screens import fields_of, opened, send

pytestmark = pytest.mark.django_db
__all__ = ["written"]


def test_every_benefit_says_for_whom_in_codes_that_the_records_have():
    rows = Entitlement.objects.all()
    assert rows.exists()
    assert [row.code for row in rows if not row.for_whom] == []
    assert [row.code for row in rows if whom_fault(row.for_whom)] == []
    assert {paper for row in rows for paper in row.papers} <= set(PaperKind.values)
    assert [(level.value, level.label) for level in Level] == [(one.value, one.label) for one in OwedBy]
    lists = {key: {code for row in rows for group in row.for_whom for code in group.get(key, ())}
             for key in LISTS}  # fmt: skip
    assert lists["gender"] <= set(Gender.values)
    assert lists["exploitation"] <= set(Exploitation.values)
    assert lists["casework"] <= set(words_of("casework"))


def test_a_file_that_names_what_nobody_knows_is_refused(written):
    def spoil(facts):
        rows = facts["survivor_benefits"]
        rows[0]["for_whom"] = [{"gender": ["Feline"]}]
        rows[1]["for_whom"] = [{"age": "old"}]
        rows[2]["for_whom"] = [{"colour": ["red"]}]
        rows[3]["for_whom"] = "everybody"
        rows[4]["papers"] = ["passport_of_a_cat"]
        rows[5]["level"] = "village"

    _out, err = load(written(spoil, "th"))
    for sentence in (
        "TH-FUND: for_whom: Feline is not known as gender",
        "TH-COMPENSATION: for_whom: the age must be child or adult",
        "TH-STATE-INJURED: for_whom: colour is nothing that a group can name",
        "TH-SHELTER: for_whom: must be a list of tables",
        "TH-STAY-WORK: papers: passport_of_a_cat is not a kind of paper",
        "TH-NONPUNISH: level:",
    ):
        assert sentence in err


def test_the_page_of_the_law_says_it_in_words_and_a_lead_changes_it(client, legal_lead):
    client.force_login(legal_lead)
    row = Entitlement.objects.get(code="IN-BL-REHAB-2L")
    page = client.get(reverse("law:entry-detail", args=["entitlements", row.pk])).content.decode()
    for words in ("Children; Bonded labour", "Feminine; Bonded labour", "Release certificate, Bank account",
                  "State government, through the District Magistrate", "In the end"):  # fmt: skip
        assert words in page
    form = opened(client, "entry-edit", "entitlements", row.pk)
    facts = fields_of(form, reason="The scheme of next year.", papers=["release_certificate"])
    wrong = send(client, "entry-edit", "entitlements", row.pk, **facts | {"for_whom": '[{"age": "old"}]'})
    assert wrong.status_code == 422
    assert "the age must be child or adult" in wrong.content.decode()
    right = send(client, "entry-edit", "entitlements", row.pk, **facts | {"for_whom": '[{"age": "child"}]'})
    assert right.status_code == 302
    row.refresh_from_db()
    assert (row.for_whom, row.papers, row.edited) == ([{"age": "child"}], ["release_certificate"], True)
    assert "Children; Bonded labour" in client.get(right["Location"]).content.decode()  # what it was
