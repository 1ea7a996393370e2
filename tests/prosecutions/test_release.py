"""The day of release on the pages: it follows from the records, moves with them, and can be overruled."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Note
from prosecutions import actions
from prosecutions.models import Accused, Release, SentencePart, Verdict
from tests.factories import AccusedMake, AppealMake, BailOrderMake, CaseMake, CustodyMake, VerdictMake
from tests.people import on_case, person


@pytest.fixture
def accused(case):
    return AccusedMake(case=case, name="Hidden Name")


def post(client, user, name, pk, /, **facts):
    client.force_login(user)
    return client.post(reverse(f"prosecutions:{name}", args=[pk]), facts)


def errors(response, field):
    assert response.status_code == 422
    return response.context["form"].errors[field][0]


def soon(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def parts():
    """Ten years and five side by side, six months after them, a fine and what follows when it is not paid."""
    return {
        "result": "convicted",
        "on": "2026-03-10",
        "part_1_kind": "imprisonment_fixed",
        "part_1_months": "120",
        "part_2_kind": "imprisonment_fixed",
        "part_2_months": "60",
        "part_2_runs": "concurrent",
        "part_3_kind": "imprisonment_fixed",
        "part_3_months": "6",
        "part_3_runs": "consecutive",
        "part_4_kind": "fine",
        "part_4_amount": "5000",
        "part_5_kind": "default_imprisonment",
        "part_5_months": "3",
    }


def test_a_sentence_in_parts_gives_its_sum_and_the_day_of_release(
    client, case, accused, lawyer, looking, parts
):
    CustodyMake(case=case, accused=accused, starts_on="2026-01-01")
    assert post(client, lawyer, "verdict-record", accused.pk, **parts).status_code == 302
    with looking(lawyer):
        verdict, row = Verdict.objects.get(), Release.objects.get()
        assert [part.kind for part in SentencePart.objects.order_by("position")][2:] == [
            "imprisonment_fixed",
            "fine",
            "default_imprisonment",
        ]
    assert (verdict.months, verdict.fine_low, verdict.fine_currency, verdict.suspended) == (
        "126",
        5000,
        "PHP",
        False,
    )
    assert (row.state, row.release_on, row.credit_low) == ("dated", date(2036, 7, 3), 68)
    text = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    assert "3 July 2036" in text
    assert "If the fine is not paid: 3 months more" in text
    assert "6 months, After the others" in text


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"months": "12"}, "months", "not both"),
        ({"part_1_months": ""}, "part_1_kind", "how long this part is"),
        ({"part_4_months": "3"}, "part_4_kind", "has no months"),
        ({"part_4_amount": ""}, "part_4_kind", "how high the fine is"),
        ({"part_1_amount": "7"}, "part_1_kind", "has no amount"),
        ({"part_1_kind": ""}, "part_1_kind", "Choose what this part is."),
        ({"result": "acquitted"}, "result", "Only a conviction carries a sentence."),
        ({"part_6_kind": "fine", "part_6_amount": "1", "part_6_currency": "USD"}, "months", "two currencies"),
    ],
)
def test_a_part_that_cannot_be_is_refused_in_its_row(
    client, accused, lawyer, looking, parts, wrong, field, sentence
):
    assert sentence in errors(post(client, lawyer, "verdict-record", accused.pk, **parts | wrong), field)
    with looking(lawyer):
        assert not Verdict.objects.exists()


def test_the_day_moves_with_custody_bail_and_appeal(case, accused, lawyer, looking, now):
    with looking(lawyer):
        actions.record_verdict(
            accused.pk, by=lawyer, now=now, result="convicted", on="2026-03-10", months="72"
        )

        def known():
            row = Release.objects.get()
            return row.state, row.release_on and row.release_on.isoformat(), row.moves

        assert known() == ("dated", "2032-03-09", 1)
        spell = actions.start_custody(accused.pk, by=lawyer, now=now, kind="sentence", starts_on="2026-03-10")
        appeal = actions.file_appeal(
            accused.pk, by=lawyer, now=now, appellant="accused", filed_on="2026-04-01"
        )
        bail = actions.seek_bail(
            accused.pk, by=lawyer, now=now, kind="pending_appeal", applied_on="2026-04-02"
        )
        actions.grant_bail(bail.pk, by=lawyer, now=now, decided_on="2026-05-01")
        actions.release_bail(bail.pk, by=lawyer, now=now, released_on="2026-05-10")
        assert known() == ("at_liberty", None, 2)
        actions.end_bail(bail.pk, by=lawyer, now=now, ended="returned_to_prison", ended_on="2026-08-10")
        if not accused.custodies.running().exists():
            actions.start_custody(accused.pk, by=lawyer, now=now, kind="sentence", starts_on="2026-08-10")
        assert spell.accused_id == accused.pk
        assert known() == ("dated", "2032-06-09", 3)  # 61 days served before bail
        actions.decide_appeal(
            appeal.pk, by=lawyer, now=now, outcome="sentence_reduced", decided_on="2026-09-01", months="36"
        )
        assert known() == ("dated", "2029-06-09", 4)
        actions.correct_appeal(
            appeal.pk,
            by=lawyer,
            now=now,
            outcome="allowed",
            set_aside=True,
            decided_on="2026-09-01",
            reason="x",
        )
        assert known() == ("none", None, 5)
        assert Accused.objects.get().word == "Accused"


def test_the_court_s_own_day_counts_more_and_what_was_said_of_the_old_day_is_void(
    client, case, accused, lawyer, alice, looking, look, events
):
    early = post(client, lawyer, "release-state", accused.pk, on="2027-01-01", reason="Letter of the prison")
    assert "No sentence of this person is on record." in early.content.decode()
    post(client, lawyer, "verdict-record", accused.pk, result="convicted", on="2026-03-10", months="12")
    told = {"told": "told"}
    assert post(client, alice, "release-answer", accused.pk, **told).status_code == 302
    row = look(lawyer, Release)
    assert (row.answered, row.release_on) == (True, date(2027, 3, 9))
    assert "why" in errors(post(client, alice, "release-answer", accused.pk, told="not_told"), "reason")
    assert "Say where" in errors(post(client, lawyer, "release-state", accused.pk, on="2027-01-01"), "reason")
    facts = {"on": "2027-01-01", "reason": "Letter of the prison", "version": row.version}
    assert post(client, lawyer, "release-state", accused.pk, **facts).status_code == 302
    assert post(client, lawyer, "release-state", accused.pk, **facts).status_code == 409
    row = look(lawyer, Release)
    assert (row.release_on, row.earliest_on, row.answered) == (date(2027, 1, 1), date(2027, 3, 9), False)
    text = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    assert "1 January 2027, by the reckoning of the court" in text
    assert post(client, lawyer, "release-state", accused.pk, on="").status_code == 302
    assert look(lawyer, Release).release_on == date(2027, 3, 9)
    assert [event.detail for event in events("release.state")] == [
        {"was": "2027-03-09"},
        {"was": "2027-01-01"},
    ]
    assert [event.detail for event in events("release.answer")] == [{"told": "told"}]
    assert post(client, alice, "release-state", accused.pk, **facts).status_code == 403


def test_releases_ahead_stand_in_one_list_of_the_cases_that_one_sees(
    client, case, office, lawyer, looking, queries_for
):
    from tests.factories import ReleaseMake

    hidden = CaseMake(office=office, sensitivity=1)
    ReleaseMake(case=hidden, accused=AccusedMake(case=hidden, name="Not Yours"), release_on=soon(3))
    first = AccusedMake(case=case, name="Comes First")
    ReleaseMake(case=case, accused=first, release_on=soon(20), earliest_on=soon(20), latest_on=soon(40))
    passed = AccusedMake(case=case, name="Long Passed")
    ReleaseMake(case=case, accused=passed, release_on=soon(-10), earliest_on=soon(-10), latest_on=soon(-10))
    far = AccusedMake(case=case, name="Far Away")
    ReleaseMake(case=case, accused=far, release_on=soon(200), earliest_on=soon(200))
    client.force_login(lawyer)
    address = reverse("prosecutions:release-list")
    text = client.get(address).content.decode()
    assert ("Comes First" in text, "Not Yours" in text, "Far Away" in text) == (True, False, False)
    assert "Long Passed" not in text  # nobody holds the person any more
    CustodyMake(case=case, accused=passed, kind="sentence")
    text = client.get(address).content.decode()
    assert "Passed: still inside?" in text
    assert "in 20 days" in text
    assert "Far Away" in client.get(address, {"within": "365", "told": "no"}).content.decode()
    few = queries_for(address)
    for number in range(12):
        row = AccusedMake(case=case, name=f"More {number}")
        ReleaseMake(case=case, accused=row, release_on=soon(number + 1))
    assert queries_for(address) == few
    inside = client.get(address, {"case": case.pk}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in inside
    assert "Comes First" in inside


def test_a_judgment_written_down_wrongly_is_corrected_and_what_it_said_is_kept(
    client, case, accused, lawyer, looking, look, events, parts
):
    post(client, lawyer, "verdict-record", accused.pk, **parts)
    verdict = look(lawyer, Verdict)
    page = client.get(reverse("prosecutions:verdict-correct", args=[verdict.pk])).content.decode()
    assert 'value="120"' in page
    facts = {"result": "convicted", "on": "2026-03-10", "months": "84", "version": 1}
    assert errors(post(client, lawyer, "verdict-correct", verdict.pk, **facts), "reason")
    facts["reason"] = "The clerk read out another name."
    ahead = post(client, lawyer, "verdict-correct", verdict.pk, **facts | {"on": "2999-01-01"})
    assert "in the future" in errors(ahead, "on")
    assert post(client, lawyer, "verdict-correct", verdict.pk, **facts).status_code == 302
    assert post(client, lawyer, "verdict-correct", verdict.pk, **facts).status_code == 409
    verdict = look(lawyer, Verdict)
    assert (verdict.months, verdict.fine_low, verdict.fine_currency) == ("84", None, "")
    with looking(lawyer):
        assert not SentencePart.objects.filter(stands=True).exists()
        assert SentencePart.objects.count() == 5
        note = Note.objects.get()
        assert Release.objects.get().release_on == date(2033, 3, 9)
    assert "The clerk read out another name." in note.text
    assert "Prison for a fixed time, 120 months" in note.text
    was = events("verdict.correct")[0].detail["was"]
    assert ("months=126" in was, "fine_low=5000.00" in was) == (True, True)
    same = facts | {"version": 2}
    assert "Nothing differs" in post(client, lawyer, "verdict-correct", verdict.pk, **same).content.decode()
    acquitted = {"result": "acquitted", "on": "2026-03-10", "reason": "Wrong box.", "version": 2}
    assert post(client, lawyer, "verdict-correct", verdict.pk, **acquitted).status_code == 302
    with looking(lawyer):
        assert Release.objects.get().state == "none"
        assert Accused.objects.get().word == "Accused"


def test_the_result_of_a_judgment_that_was_set_aside_stays(case, accused, lawyer, client):
    verdict = VerdictMake(case=case, accused=accused, overturned_on="2026-10-20")
    facts = {"result": "acquitted", "on": "2026-10-01", "reason": "x", "version": 1}
    assert "has set this judgment aside" in errors(
        post(client, lawyer, "verdict-correct", verdict.pk, **facts), "result"
    )


def test_whoever_was_convicted_bailed_and_came_back_has_it_in_order_in_the_line(
    client, case, accused, lawyer
):
    VerdictMake(case=case, accused=accused, on="2014-03-01", months="72")
    CustodyMake(case=case, accused=accused, kind="sentence", starts_on="2014-03-01", ends_on="2014-05-02")
    AppealMake(
        case=case, accused=accused, filed_on="2014-03-20", decided_on="2016-09-01", outcome="dismissed"
    )
    BailOrderMake(
        case=case, accused=accused, kind="pending_appeal", status="ENDED", applied_on="2014-04-01",
        decided_on="2014-05-02", released_on="2014-05-02", ended_on="2016-08-20", ended="returned_to_prison",
        reoffended=True, reoffended_on="2016-07",
    )  # fmt: skip
    CustodyMake(case=case, accused=accused, kind="sentence", starts_on="2016-08-20")
    client.force_login(lawyer)
    page = client.get(reverse("prosecutions:accused-detail", args=[accused.pk]))
    oldest_first = [str(entry["title"]) for entry in reversed(page.context["line"])]
    wanted = [
        "Convicted", "Appeal by: Accused", "Bail granted", "Released on bail", "A new offence followed",
        "Custody began: Sentence", "Appeal decided: Dismissed",
    ]  # fmt: skip
    places = [len(oldest_first) - 1 - oldest_first[::-1].index(title) for title in wanted]
    assert places == sorted(places)


def test_an_appeal_has_hearings_of_its_own_and_a_retrial_opens_the_charges(
    client, case, accused, lawyer, looking, events
):
    from prosecutions.models import Charge, Hearing, Proceeding
    from tests.factories import ChargeMake

    ChargeMake(case=case, accused=accused, position=1)
    post(client, lawyer, "verdict-record", accused.pk, result="convicted", on="2026-03-10", months="12")
    appeal = AppealMake(case=case, accused=accused, court="Court of Appeals", filed_on="2026-04-01")
    early = post(client, lawyer, "retrial-open", appeal.pk)
    assert "No retrial was ordered" in early.content.decode()
    facts = {"court": "", "docket": "CA-7", "hearing_on": soon(30).isoformat(), "hearing_time": "09:00"}
    answer = post(client, lawyer, "appeal-open", appeal.pk, **facts)
    with looking(lawyer):
        own, hearing = Proceeding.objects.get(kind="appeal"), Hearing.objects.get()
    assert answer["Location"] == reverse("prosecutions:proceeding-detail", args=[own.pk])
    assert (own.kind, own.stage, own.appeal_id, own.court) == (
        "appeal",
        "appeal",
        appeal.pk,
        "Court of Appeals",
    )
    assert (hearing.proceeding_id, hearing.purpose) == (own.pk, "appeal")
    assert "open already" in post(client, lawyer, "appeal-open", appeal.pk, **facts).content.decode()
    bail = BailOrderMake(
        case=case, accused=accused, kind="pending_appeal", status="GRANTED", decided_on="2026-05-01"
    )
    page = client.get(reverse("prosecutions:appeal-decide", args=[appeal.pk])).content.decode()
    assert "Leave the bail pending appeal as it is" in page
    decided = {"outcome": "retrial", "decided_on": "2026-09-01", "version": 1}
    assert post(client, lawyer, "appeal-decide", appeal.pk, **decided).status_code == 302
    with looking(lawyer):
        assert Verdict.objects.get().overturned_on == "2026-09-01"
        assert Charge.objects.get().status == "filed"
        assert Release.objects.get().state == "none"
    page = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    assert "the bail pending it still runs" in page
    assert reverse("prosecutions:retrial-open", args=[appeal.pk]) in page
    assert post(client, lawyer, "retrial-open", appeal.pk, court="RTC 9").status_code == 302
    with looking(lawyer):
        trial = Proceeding.objects.get(kind="criminal_trial", appeal=appeal)
        assert list(trial.parties.values_list("accused", flat=True)) == [accused.pk]
    corrected = {
        "outcome": "dismissed", "decided_on": "2026-09-01", "reason": "Read wrongly.", "version": 2,
    }  # fmt: skip
    assert post(client, lawyer, "appeal-correct", appeal.pk, **corrected).status_code == 302
    with looking(lawyer):
        assert Verdict.objects.get().overturned_on == ""
        assert Charge.objects.get().status == "decided"
    assert [event.detail["was"] for event in events("appeal.correct")] == [["retrial", "2026-09-01"]]
    assert bail.pk


def test_a_colleague_of_another_office_finds_none_of_it(client, case, accused, charlie, lawyer):
    verdict = VerdictMake(case=case, accused=accused)
    appeal = AppealMake(case=case, accused=accused)
    other = on_case(person("lawyer", charlie.memberships.get().office), CaseMake(), "lawyer")
    for name, pk in (
        ("verdict-correct", verdict.pk),
        ("appeal-correct", appeal.pk),
        ("appeal-open", appeal.pk),
        ("release-answer", accused.pk),
        ("release-state", accused.pk),
    ):
        assert post(client, other, name, pk).status_code == 404
