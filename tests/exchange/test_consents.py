"""Who may stand in a file: what survivors agreed to, and what is said of the others."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from exchange.consents import reasons_against
from exchange.states import LeftOut
from survivors.models import Survivor
from tests.exchange.conftest import taken
from tests.factories import AgencyMake, ConsentMake, SurvivorMake

YESTERDAY = (timezone.now() - timedelta(days=2)).date().isoformat()
NEXT_YEAR = (timezone.now() + timedelta(days=400)).date().isoformat()


@pytest.fixture
def agency(case):
    return AgencyMake(case=case, name="Open  Door Home")


def why_not(director, survivor, receiver="Open Door Home"):
    with viewing_as(director):
        people = Survivor.objects.filter(pk=survivor.pk).for_list()
        return reasons_against(people, "agency", receiver, timezone.now()).get(survivor.pk, "")


@pytest.mark.parametrize(
    ("consents", "reason"),
    [
        ([], LeftOut.NEVER_ASKED),
        ([{"purpose": "research"}], LeftOut.NEVER_ASKED),
        ([{}], ""),
        ([{"given": False}], LeftOut.REFUSED),
        ([{"withdrawn_on": "2026-01"}], LeftOut.WITHDRAWN),
        ([{"until": YESTERDAY}], LeftOut.RAN_OUT),
        ([{"until": NEXT_YEAR}], ""),
        ([{}, {"given": False}], LeftOut.REFUSED),
        ([{"given": False}, {}], ""),
        ([{}, {"until": YESTERDAY}], ""),
        ([{"given": False}, {"until": YESTERDAY}], LeftOut.REFUSED),
    ],
)
def test_the_latest_word_that_still_counts_decides(case, director, consents, reason):
    survivor = SurvivorMake(case=case)
    for place, facts in enumerate(consents):
        moment = timezone.now() - timedelta(days=10 - place)
        ConsentMake(
            case=case, survivor=survivor, created_at=moment, **{"purpose": "share_with_agency", **facts}
        )
    assert why_not(director, survivor) == reason


def test_a_consent_for_one_receiver_is_none_for_another(case, director, agency):
    survivor = SurvivorMake(case=case)
    ConsentMake(case=case, survivor=survivor, purpose="share_with_agency", to=agency.key)
    assert why_not(director, survivor, "open door HOME") == ""
    assert why_not(director, survivor, "Another Home") == LeftOut.OTHER_RECEIVER
    ConsentMake(case=case, survivor=survivor, purpose="share_with_agency", to=agency.key, given=False)
    assert why_not(director, survivor) == LeftOut.REFUSED


def test_a_list_that_leaves_us_leaves_out_whoever_did_not_agree_and_says_so(asked, client, case, director):
    agreed, refused, unasked = (SurvivorMake(case=case) for _one in range(3))
    ConsentMake(case=case, survivor=agreed, purpose="share_with_agency")
    ConsentMake(case=case, survivor=refused, purpose="share_with_agency", given=False)
    export = asked(director, kind="survivors", purpose="agency", receiver="Open Door Home")
    content = taken(client, export).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert [row[2] for row in rows[rows.index([]) + 2 :]] == [agreed.pseudonym]
    assert refused.pseudonym not in content
    assert "1 person: was not asked for this purpose; 1 person: refused" in content
    assert {line["survivor"] for line in export.left_out} == {str(refused.pk), str(unasked.pk)}
    page = client.get(reverse("exchange:export-detail", args=[export.pk])).content.decode()
    assert "1 person: refused" in page
    assert refused.code in page
    assert refused.pseudonym not in page


def test_our_own_list_of_pseudonyms_asks_for_no_consent(asked, client, case, director):
    one = SurvivorMake(case=case, label="Girl of Harbour Road")
    export = asked(director, kind="survivors")
    content = taken(client, export).decode()
    assert one.pseudonym in content
    assert "Girl of Harbour Road" not in content
    assert export.left_out == []


def test_who_was_left_out_is_shown_by_number_to_a_second_person(asked, signed_in, case, director, legal_lead):
    one = SurvivorMake(case=case)
    export = asked(director, kind="survivors", purpose="research", receiver="University")
    page = signed_in(legal_lead).get(reverse("exchange:export-detail", args=[export.pk])).content.decode()
    assert "1 person: was not asked" in page
    assert f"{case.number} {one.code}" not in page


def test_many_survivors_cost_as_many_questions_as_one(case, director):
    def questions():
        with viewing_as(director), CaptureQueriesContext(connection) as asked:
            reasons_against(Survivor.objects.for_list(), "agency", "x", timezone.now())
        return len(asked)

    ConsentMake(case=case, purpose="share_with_agency")
    questions()  # learns once what she may see
    one = questions()
    for _more in range(3):
        ConsentMake(case=case, purpose="share_with_agency")
    assert questions() == one


def test_nothing_leaves_beyond_what_was_agreed_to_and_the_notes_name_the_rest_by_code(
    asked, client, case, director
):
    for number, facts in enumerate(
        ({"what": ["pseudonym", "age"]}, {"what": ["needs"]}, {"giver": "self"}, {"receiver": "Another"}), 1
    ):
        survivor = SurvivorMake(case=case, key=f"s{number}", pseudonym=f"Luz{number}", child=True)
        ConsentMake(case=case, survivor=survivor, purpose="share_with_agency", **facts)
    export = asked(director, kind="survivors", purpose="agency", receiver="Open Door Home")
    content = taken(client, export).decode("utf-8-sig")
    assert [name for name in ("Luz1", "Luz2", "Luz3", "Luz4") if name in content] == ["Luz1"]
    for line in (
        f"{case.number} S-2: agreed to less than this",
        f"{case.number} S-3: a child alone agreed",
        f"{case.number} S-4: agreed for another receiver only",
    ):
        assert line in content
    before_sending = client.get(reverse("exchange:handover-add", args=[export.pk])).content.decode()
    assert f"{case.number} S-3" in before_sending
    with viewing_as(director):
        named = reasons_against(
            Survivor.objects.for_list(), "agency", "Open Door Home", timezone.now(), "identities"
        )
    assert len(named) == 4  # a yes to the chosen name is none to the real one
