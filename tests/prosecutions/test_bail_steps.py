"""From the application to the end of a bail, and the list that watches it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from prosecutions import actions
from prosecutions.models import BailBreach, BailOrder, Custody, Hearing
from tests.factories import (
    AccusedMake,
    AppealMake,
    BailBreachMake,
    BailOrderMake,
    CaseMake,
    CustodyMake,
    HearingMake,
    PartyMake,
    ProceedingMake,
    VerdictMake,
)


@pytest.fixture
def accused(case):
    return AccusedMake(case=case)


@pytest.fixture
def bail(case, accused):
    return BailOrderMake(case=case, accused=accused, proceeding=ProceedingMake(case=case))


@pytest.fixture
def out(case, accused):
    """Granted and released."""
    proceeding = ProceedingMake(case=case)
    return BailOrderMake(
        case=case, accused=accused, proceeding=proceeding, status="GRANTED", decided_on="2026-04-02",
        released_on="2026-04-03", conditions=["report weekly"],
    )  # fmt: skip


def post(client, user, name, pk, /, **facts):
    client.force_login(user)
    return client.post(reverse(f"prosecutions:{name}", args=[pk]), facts)


def errors(response, field):
    assert response.status_code == 422
    return response.context["form"].errors[field][0]


def test_an_application_records_what_the_alert_needs(client, case, accused, lawyer, looking, events):
    party = PartyMake(case=case, accused=accused)
    VerdictMake(case=case, accused=accused)
    client.force_login(lawyer)
    page = client.get(reverse("prosecutions:bail-seek", args=[accused.pk]))
    assert page.context["form"].initial["proceeding"] == party.proceeding
    tomorrow = (timezone.now() + timedelta(days=1)).date()
    facts = {
        "kind": "pending_appeal",
        "proceeding": party.proceeding_id,
        "applied_on": "2026-05",
        "heard_on": tomorrow.isoformat(),
        "heard_time": "10:00",
        "court": "RTC 23",
    }
    response = post(client, lawyer, "bail-seek", accused.pk, **facts)
    with looking(lawyer):
        bail = BailOrder.objects.get()
    assert response["Location"] == reverse("prosecutions:bail-detail", args=[bail.pk])
    assert (bail.status, bail.heard_on, bail.applied_on) == ("SOUGHT", tomorrow.isoformat(), "2026-05")
    assert [event.detail for event in events("bail.seek")] == [{"kind": "pending_appeal"}]
    text = client.get(response["Location"]).content.decode()
    assert "Nobody has said whether we oppose this application." in text
    assert "10:00" in text


def test_an_application_is_not_heard_before_it_is_made(client, accused, lawyer):
    facts = {"kind": "pretrial", "applied_on": "2026-05-02", "heard_on": "2026-05-01"}
    assert errors(post(client, lawyer, "bail-seek", accused.pk, **facts), "heard_on")
    assert errors(
        post(client, lawyer, "bail-seek", accused.pk, kind="pretrial", applied_on="2999"), "applied_on"
    )


def sought(client, lawyer, accused, looking, **facts):
    """The application as it was recorded."""
    response = post(client, lawyer, "bail-seek", accused.pk, **{"kind": "pretrial", **facts})
    assert response.status_code == 302
    with looking(lawyer):
        return BailOrder.objects.select_related("proceeding").get()


def test_an_application_without_a_proceeding_is_of_the_only_one_that_runs(
    client, case, accused, lawyer, looking
):
    running = PartyMake(case=case, accused=accused).proceeding
    for over in ({"closed_on": "2026-01-02"}, {"stage": "closed"}):
        PartyMake(case=case, accused=accused, proceeding=ProceedingMake(case=case, **over))
    PartyMake(case=case)
    assert sought(client, lawyer, accused, looking).proceeding == running


def test_the_day_on_which_bail_is_heard_stands_in_the_calendar(
    client, case, accused, lawyer, looking, events
):
    proceeding = PartyMake(case=case, accused=accused).proceeding
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    bail = sought(client, lawyer, accused, looking, heard_on=day, heard_time="10:00")
    with looking(lawyer):
        (hearing,) = Hearing.objects.all()
    assert (hearing.proceeding_id, hearing.purpose, hearing.on) == (proceeding.pk, "bail", day)
    assert hearing.local_time.isoformat() == "10:00:00"
    assert [event.detail for event in events("hearing.schedule")] == [{"version": 1}]
    address = reverse("prosecutions:hearing-detail", args=[hearing.pk])
    assert address in client.get(reverse("prosecutions:hearing-list")).content.decode()
    assert address in client.get(reverse("prosecutions:bail-detail", args=[bail.pk])).content.decode()


@pytest.mark.parametrize(
    ("there", "number"),
    [
        ({"purpose": "bail"}, 1),
        ({"purpose": "bail", "outcome": "vacated"}, 2),
        ({"purpose": "evidence"}, 2),
        ({"purpose": "bail", "on": "2099-05-02"}, 2),
    ],
)
def test_a_hearing_for_bail_on_that_day_stands_once(client, case, accused, lawyer, looking, there, number):
    proceeding = PartyMake(case=case, accused=accused).proceeding
    HearingMake(case=case, proceeding=proceeding, **{"on": "2099-05-01", **there})
    sought(client, lawyer, accused, looking, heard_on="2099-05-01")
    with looking(lawyer):
        assert Hearing.objects.count() == number


@pytest.mark.parametrize(("of_case", "heard_on"), [(False, "2099-05-01"), (True, "")])
def test_without_a_day_or_a_proceeding_nothing_goes_into_the_calendar(
    client, case, accused, lawyer, looking, of_case, heard_on
):
    if of_case:
        PartyMake(case=case, accused=accused)
    sought(client, lawyer, accused, looking, heard_on=heard_on)
    with looking(lawyer):
        assert not Hearing.objects.exists()


def test_a_bail_hearing_in_another_century_is_taken_for_a_slip(client, case, accused, lawyer):
    PartyMake(case=case, accused=accused)
    client.force_login(lawyer)
    address = reverse("prosecutions:bail-seek", args=[accused.pk])
    response = client.post(address, {"kind": "pretrial", "heard_on": "2126-12-01"})
    assert response.status_code == 422
    assert "Check the year" in response.context["form"].errors["heard_on"][0]


def test_a_day_that_is_only_about_right_is_not_put_into_the_calendar(case, accused, lawyer, looking, now):
    proceeding = PartyMake(case=case, accused=accused).proceeding
    with looking(lawyer):
        actions.seek_bail(accused.pk, by=lawyer, now=now, proceeding=proceeding, heard_on="2099-05")
        assert not Hearing.objects.exists()


def test_an_application_without_a_proceeding_names_none_of_several(client, case, accused, lawyer, looking):
    for _ in range(2):
        PartyMake(case=case, accused=accused)
    assert sought(client, lawyer, accused, looking).proceeding is None


@pytest.mark.parametrize(
    "verdict", [None, {"result": "acquitted"}, {"result": "convicted", "overturned_on": "2026-02"}]
)
def test_nobody_asks_for_bail_pending_an_appeal_that_cannot_be(client, case, accused, lawyer, verdict):
    if verdict:
        VerdictMake(case=case, accused=accused, **verdict)
    VerdictMake(case=case)
    response = post(client, lawyer, "bail-seek", accused.pk, kind="pending_appeal")
    assert (
        errors(response, "kind") == "Bail pending appeal needs a conviction or an appeal. Record that first."
    )


def test_an_appeal_on_record_is_enough_to_ask_for_bail_pending_it(client, case, accused, lawyer, looking):
    AppealMake(case=case, accused=accused)
    assert sought(client, lawyer, accused, looking, kind="pending_appeal").kind == "pending_appeal"


def test_we_oppose_or_say_why_not(client, bail, lawyer, look, events):
    why = post(client, lawyer, "bail-oppose", bail.pk, opposition="not_opposing", version=1)
    assert errors(why, "opposition_reason") == "Say why we do not oppose it."
    facts = {"opposition": "filed", "version": 1}
    assert post(client, lawyer, "bail-oppose", bail.pk, **facts).status_code == 302
    assert look(lawyer, BailOrder, pk=bail.pk).opposed_by == ["us"]
    facts = {"opposition": "not_opposing", "opposition_reason": "very ill", "version": 2}
    assert post(client, lawyer, "bail-oppose", bail.pk, **facts).status_code == 302
    row = look(lawyer, BailOrder, pk=bail.pk)
    assert (row.opposition, row.opposed_by) == ("not_opposing", [])
    assert [event.detail["opposition"] for event in events("bail.oppose")] == ["filed", "not_opposing"]


def test_after_the_decision_our_answer_comes_too_late(client, out, lawyer):
    response = post(client, lawyer, "bail-oppose", out.pk, opposition="filed", version=1)
    assert errors(response, "opposition") == "The court has decided already."


@pytest.mark.parametrize(
    ("name", "status", "verb"),
    [("bail-refuse", "REFUSED", "bail.refuse"), ("bail-withdraw", "WITHDRAWN", "bail.withdraw")],
)
def test_the_court_refuses_or_the_application_is_taken_back(
    client, bail, lawyer, look, events, name, status, verb
):
    assert post(client, lawyer, name, bail.pk, decided_on="2026-04-05", version=1).status_code == 302
    row = look(lawyer, BailOrder, pk=bail.pk)
    assert (row.status, row.decided_on) == (status, "2026-04-05")
    assert len(events(verb)) == 1
    again = post(client, lawyer, name, bail.pk, decided_on="2026-04-05", version=2)
    assert again.status_code == 422
    assert "This cannot go from" in again.content.decode()
    text = client.get(reverse("prosecutions:accused-detail", args=[bail.accused_id])).content.decode()
    assert ("Bail refused" if status == "REFUSED" else "Application for bail withdrawn") in text


def test_a_release_ends_the_spell_in_custody_on_the_same_day(
    client, case, accused, bail, lawyer, look, events
):
    custody = CustodyMake(case=case, accused=accused, starts_on="2026-03-10")
    early = post(client, lawyer, "bail-release", bail.pk, released_on="2026-04-03", version=1)
    assert errors(early, "released_on").startswith("Only somebody with a bail that runs")
    post(client, lawyer, "bail-grant", bail.pk, decided_on="2026-04-02", version=1)
    wrong = post(client, lawyer, "bail-release", bail.pk, released_on="2026-04-01", version=2)
    assert errors(wrong, "released_on") == "This is before the beginning."
    assert (
        post(client, lawyer, "bail-release", bail.pk, released_on="2026-04-03", version=2).status_code == 302
    )
    assert look(lawyer, BailOrder, pk=bail.pk).released_on == "2026-04-03"
    assert look(lawyer, Custody, pk=custody.pk).ends_on == "2026-04-03"
    assert (len(events("bail.release")), len(events("custody.end"))) == (1, 1)
    again = post(client, lawyer, "bail-release", bail.pk, released_on="2026-04-03", version=3)
    assert errors(again, "released_on") == "The release is recorded already."


def test_a_spell_that_began_later_than_the_release_is_only_marked_as_over(
    client, case, accused, lawyer, look
):
    bail = BailOrderMake(case=case, accused=accused, status="GRANTED", decided_on="2026-04-02")
    custody = CustodyMake(case=case, accused=accused, starts_on="2026-05-01")
    post(client, lawyer, "bail-release", bail.pk, released_on="2026-04-03", version=1)
    row = look(lawyer, Custody, pk=custody.pk)
    assert (row.ends_on, row.over) == ("", True)


def test_a_broken_condition_and_then_another(client, out, lawyer, looking, events):
    facts = {"what": "did not report", "on": "2026-04-20", "version": 1}
    assert post(client, lawyer, "bail-breach", out.pk, **facts).status_code == 302
    facts = {"what": "seen at the school", "on": "2026-04-22", "version": 2}
    assert post(client, lawyer, "bail-breach", out.pk, **facts).status_code == 302
    with looking(lawyer):
        breaches = [str(row.pk) for row in BailBreach.objects.order_by("created_at")]
        assert BailOrder.objects.get().status == "BREACHED"
    assert [event.detail["breach"] for event in events("bail.breach")] == breaches
    text = client.get(reverse("prosecutions:bail-detail", args=[out.pk])).content.decode()
    assert "seen at the school" in text
    assert "Condition broken" in text


def test_bail_goes_on_after_a_broken_condition_if_the_court_says_so(client, out, lawyer, look):
    post(client, lawyer, "bail-breach", out.pk, what="did not report", version=1)
    client.force_login(lawyer)
    page = client.get(reverse("prosecutions:bail-grant", args=[out.pk]))
    assert "report weekly" in page.content.decode()
    assert post(client, lawyer, "bail-grant", out.pk, decided_on="2026-05-01", version=2).status_code == 302
    assert look(lawyer, BailOrder, pk=out.pk).status == "GRANTED"


@pytest.mark.parametrize(("kind", "custody"), [("pretrial", "remand"), ("pending_appeal", "sentence")])
def test_a_cancelled_bail_takes_the_person_back_into_custody(
    client, case, accused, lawyer, looking, events, kind, custody
):
    bail = BailOrderMake(case=case, accused=accused, kind=kind, status="GRANTED", decided_on="2026-04-02")
    facts = {"ended_on": "2026-06-01", "held": "on", "version": 1}
    assert post(client, lawyer, "bail-cancel", bail.pk, **facts).status_code == 302
    with looking(lawyer):
        row, spell = BailOrder.objects.get(), Custody.objects.get()
    assert (row.status, row.ended, row.ended_on) == ("CANCELLED", "cancelled", "2026-06-01")
    assert (spell.kind, spell.starts_on) == (custody, "2026-06-01")
    assert len(events("bail.cancel")) == 1


def test_a_cancelled_bail_of_somebody_not_found_starts_no_custody(client, out, lawyer, looking):
    early = post(client, lawyer, "bail-cancel", out.pk, ended_on="2026-04-01", version=1)
    assert errors(early, "ended_on") == "This is before the beginning."
    assert post(client, lawyer, "bail-cancel", out.pk, ended_on="2026-06-01", version=1).status_code == 302
    with looking(lawyer):
        assert Custody.objects.count() == 0


def test_a_bail_ends_with_the_judgment(client, out, lawyer, look, events):
    facts = {"ended": "convicted", "ended_on": "2026-06-01", "version": 1}
    assert post(client, lawyer, "bail-end", out.pk, **facts).status_code == 302
    row = look(lawyer, BailOrder, pk=out.pk)
    assert (row.status, row.ended) == ("ENDED", "convicted")
    assert [event.detail for event in events("bail.end")] == [{"ended": "convicted"}]


def test_the_page_offers_legal_moves_and_explains_the_others(client, bail, out, lawyer):
    client.force_login(lawyer)
    page = client.get(reverse("prosecutions:bail-detail", args=[bail.pk]))
    assert [way["label"] for way in page.context["open_ways"]] == [
        "Our answer", "Bail granted", "Bail refused", "Application withdrawn",
    ]  # fmt: skip
    shut = {way["label"]: way["why"] for way in page.context["shut_ways"]}
    assert shut["Bail ended"] == "This cannot go from Sought to Ended."
    assert "Only somebody with a bail that runs" in shut["Released"]
    page = client.get(reverse("prosecutions:bail-detail", args=[out.pk]))
    assert {way["label"] for way in page.context["shut_ways"]} >= {"Our answer", "Released", "Bail refused"}


def test_other_bail_of_the_same_person_is_shown_within_the_need_to_know(client, bail, director, other_office):
    for office, number in ((bail.case.office, "TST-EARLIER"), (other_office, "TST-HIDDEN")):
        elsewhere = CaseMake(office=office, number=number)
        same = AccusedMake(case=elsewhere, perpetrator=bail.accused.perpetrator)
        BailOrderMake(case=elsewhere, accused=same, status="ENDED", decided_on="2014-02", ended="unknown",
                      reoffended=True, reoffended_on="2014-05")  # fmt: skip
    client.force_login(director)
    text = client.get(reverse("prosecutions:bail-detail", args=[bail.pk])).content.decode()
    assert "TST-EARLIER" in text
    assert "A new offence followed May 2014" in text
    assert "TST-HIDDEN" not in text


@time_machine.travel(datetime(2026, 11, 20, 4, tzinfo=UTC), tick=False)
def test_the_watch_shows_who_is_out_who_asks_and_nobody_else(client, case, out, lawyer):
    asks = AccusedMake(case=case, name="Asks")
    BailOrderMake(case=case, accused=asks, heard_on="2026-11-23", heard_time="10:00", proceeding=None)
    broken = AccusedMake(case=case, name="Broken")
    BailBreachMake(
        case=case, bail=BailOrderMake(case=case, accused=broken, status="BREACHED", decided_on="2026")
    )
    for status in ("REFUSED", "WITHDRAWN", "CANCELLED", "ENDED"):
        gone = AccusedMake(case=case, name=f"Gone {status}")
        BailOrderMake(case=case, accused=gone, status=status, decided_on="2026-01-02", proceeding=None)
    soon = datetime(2026, 11, 24, 1, tzinfo=UTC)
    HearingMake(case=case, proceeding=out.proceeding, starts_at=soon, on="2026-11-24")
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:bail-list")).content.decode()
    assert text.index("Broken") < text.index("Asks") < text.index("231 days on bail")
    assert "report weekly" in text
    assert "Tue 24 November 2026, 08:30" in text
    assert "No answer from us yet" in text
    assert "The court hears it on 23 November 2026" in text
    assert "Gone" not in text
    sought = client.get(
        reverse("prosecutions:bail-list"), {"state": "SOUGHT", "case": case.pk}
    ).content.decode()
    assert "Asks" in sought
    assert "Broken" not in sought
    other_kind = client.get(reverse("prosecutions:bail-list"), {"kind": "pending_appeal"}).content.decode()
    assert "Nobody on bail" in other_kind
    text = client.get(reverse("prosecutions:bail-detail", args=[out.pk])).content.decode()
    assert "231 days on bail" in text
    assert "Tue 24 November 2026" in text


def test_the_page_of_the_accused_tells_bail_pending_appeal_from_bail_before_trial(client, case, lawyer):
    accused = AccusedMake(case=case)
    facts = {"kind": "pending_appeal", "status": "GRANTED", "decided_on": "2026-04-02"}
    later = {"released_on": "2026-04-03", "reoffended": True, "reoffended_on": "2026-05-01"}
    BailOrderMake(case=case, accused=accused, **facts, **later)
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    line = ["A new offence followed", "Released on bail", "Bail granted", "Bail applied for: Pending appeal"]
    places = [text.index(words) for words in line]
    assert places == sorted(places)
    assert "On bail pending appeal" in text
