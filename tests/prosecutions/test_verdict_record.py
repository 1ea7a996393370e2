import pytest
from django.urls import reverse

from cases.gates import shut_gates
from prosecutions.gates import charges_without_an_outcome
from prosecutions.models import Accused, Appeal, Award, Charge, Party, Payment, Proceeding, Verdict
from tests.factories import (
    AccusedMake,
    AppealMake,
    ArrestMake,
    AwardMake,
    AwardShareMake,
    BailOrderMake,
    ChargeMake,
    PartyMake,
    PaymentMake,
    ProceedingMake,
    SurvivorMake,
    VerdictMake,
)


@pytest.fixture
def accused(case):
    return AccusedMake(case=case)


def post(client, user, name, pk, /, **facts):
    client.force_login(user)
    return client.post(reverse(f"prosecutions:{name}", args=[pk]), facts)


def errors(response, field):
    assert response.status_code == 422
    return response.context["form"].errors[field][0]


def test_a_conviction_with_its_sentence_decides_the_charges_named(
    client, case, accused, lawyer, looking, events
):
    first, second = (ChargeMake(case=case, accused=accused, position=place) for place in (1, 2))
    party = PartyMake(case=case, accused=accused)
    facts = {
        "result": "convicted",
        "on": "2026-10-01",
        "proceeding": party.proceeding_id,
        "charges": [second.pk],
        "months": "120",
        "fine": "500000",
        "fine_currency": "PHP",
    }
    assert post(client, lawyer, "verdict-record", accused.pk, **facts).status_code == 302
    with looking(lawyer):
        verdict = Verdict.objects.get()
        states = dict(Charge.objects.values_list("pk", "status"))
        assert Accused.objects.get().word == "Convicted"
    assert (verdict.months, verdict.fine_low, verdict.charge_positions) == ("120", 500000, ["2"])
    assert verdict.court == party.proceeding.court
    assert states == {first.pk: "filed", second.pk: "decided"}
    assert [event.detail for event in events("verdict.record")] == [{"result": "convicted"}]
    text = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    assert "120 months of prison" in text


def test_a_verdict_that_names_no_charge_decides_all_that_were_not_dropped(
    client, case, accused, lawyer, looking
):
    ChargeMake(case=case, accused=accused, position=1)
    ChargeMake(case=case, accused=accused, position=2, status="dropped")
    post(client, lawyer, "verdict-record", accused.pk, result="acquitted", on="2026-10-01")
    with looking(lawyer):
        states = list(Charge.objects.order_by("position").values_list("status", flat=True))
        assert Accused.objects.get().word == "Accused"
    assert states == ["decided", "dropped"]


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"result": "acquitted", "months": "12"}, "result", "Only a conviction carries a sentence."),
        ({"result": "convicted", "months": "12", "life": "on"}, "months", "not both"),
        ({"result": "convicted", "on": "2999-01-01"}, "on", "in the future"),
        ({"result": "guilty"}, "result", "Select a valid choice"),
        ({"result": "convicted", "months": "many"}, "months", "Write a number"),
    ],
)
def test_a_judgment_that_cannot_be_is_refused_beside_the_field(
    client, accused, lawyer, looking, facts, field, sentence
):
    response = post(client, lawyer, "verdict-record", accused.pk, **{"on": "2026-10-01", **facts})
    assert sentence in errors(response, field)
    with looking(lawyer):
        assert not Verdict.objects.exists()


def test_a_sentence_of_thousands_of_years_is_taken_for_a_slip(client, accused, lawyer):
    facts = {"result": "convicted", "on": "2026-10-01", "months": "99999999999"}
    response = post(client, lawyer, "verdict-record", accused.pk, **facts)
    assert "Check the number" in errors(response, "months")


def test_life_suspended_is_shown_in_words_and_live_bail_is_pointed_out(client, case, accused, lawyer):
    PartyMake(case=case, accused=accused)
    BailOrderMake(case=case, accused=accused, status="GRANTED", decided_on="2026-04-02")
    VerdictMake(case=case, accused=accused, life=True, suspended=True, overturned_on="2026-10-20")
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:verdict-record", args=[accused.pk])).content.decode()
    assert "Leave the bail as it is" in text
    text = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    assert "Prison for life, suspended" in text
    assert "The judgment was set aside" in text


def test_a_caseworker_records_no_verdict(client, accused, alice):
    assert post(client, alice, "verdict-record", accused.pk, result="convicted").status_code == 403


def test_an_appeal_needs_a_judgment_and_is_decided_once(client, case, accused, lawyer, looking, look, events):
    facts = {"appellant": "accused", "filed_on": "2026-10-10"}
    early = post(client, lawyer, "appeal-file", accused.pk, **facts)
    assert early.status_code == 422
    assert "There is no judgment yet" in early.content.decode()
    verdict = VerdictMake(case=case, accused=accused)
    assert post(client, lawyer, "appeal-file", accused.pk, **facts).status_code == 302
    with looking(lawyer):
        appeal = Appeal.objects.get()
    assert (appeal.by, appeal.outcome) == ("accused", "pending")
    decided = {"outcome": "sentence_reduced", "decided_on": "2026-11-01", "months": "72", "version": 1}
    assert post(client, lawyer, "appeal-decide", appeal.pk, **decided).status_code == 302
    assert look(lawyer, Appeal, pk=appeal.pk).months == "72"
    assert look(lawyer, Verdict, pk=verdict.pk).overturned_on == ""
    again = post(client, lawyer, "appeal-decide", appeal.pk, **{**decided, "version": 2})
    assert "This cannot go from Sentence reduced" in again.content.decode()
    assert (len(events("appeal.file")), len(events("appeal.decide"))) == (1, 1)
    text = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    assert "72 months of prison after it" in text


def test_a_conviction_set_aside_no_longer_stands(client, case, accused, lawyer, looking, look):
    verdict = VerdictMake(case=case, accused=accused)
    appeal = AppealMake(case=case, accused=accused)
    facts = {"decided_on": "2026-11-01", "set_aside": "on", "version": 1}
    wrong = post(client, lawyer, "appeal-decide", appeal.pk, **{**facts, "outcome": "dismissed"})
    assert "A conviction falls only" in errors(wrong, "set_aside")
    undated = post(client, lawyer, "appeal-decide", appeal.pk, outcome="allowed", set_aside="on", version=1)
    assert errors(undated, "decided_on") == "Enter the date of the decision."
    assert (
        post(client, lawyer, "appeal-decide", appeal.pk, **{**facts, "outcome": "allowed"}).status_code == 302
    )
    assert look(lawyer, Verdict, pk=verdict.pk).overturned_on == "2026-11-01"
    with looking(lawyer):
        assert Accused.objects.get().word == "Accused"
    second = AppealMake(case=case, accused=accused)
    none = post(client, lawyer, "appeal-decide", second.pk, **{**facts, "outcome": "allowed"})
    assert errors(none, "set_aside") == "No conviction of this person stands."


def test_money_is_ordered_for_each_or_in_all_and_what_is_paid_is_another_sum(
    client, case, accused, lawyer, looking, events
):
    survivors = [SurvivorMake(case=case) for _ in range(2)]
    none = post(client, lawyer, "award-order", case.pk, survivors=[survivors[0].pk])
    assert "Enter the amount" in errors(none, "each")
    facts = {
        "survivors": [row.pk for row in survivors],
        "against": [accused.pk],
        "ordered_on": "2026-10-01",
        "authority": "RTC 23",
        "each": "2000",
        "currency": "",
    }
    response = post(client, lawyer, "award-order", case.pk, **facts)
    assert response["Location"] == f"{reverse('prosecutions:accused-list')}?case={case.pk}"
    with looking(lawyer):
        award = Award.objects.get()
        assert award.shares.count() == 2
    assert (award.each_low, award.each_currency, award.total_low) == (2000, "PHP", None)
    assert (award.against, award.by) == ([accused.key], "RTC 23")
    early = post(client, lawyer, "payment-record", award.pk, amount="5", on="2026-09-01")
    assert errors(early, "on") == "This is before the beginning."
    paid = {"amount": "500", "on": "2026-11-01", "survivor": survivors[0].pk}
    assert post(client, lawyer, "payment-record", award.pk, **paid).status_code == 302
    with looking(lawyer):
        payment = Payment.objects.get()
        assert Award.objects.get().payments_known
    assert (payment.amount_low, payment.amount_currency) == (500, "PHP")
    assert (len(events("award.order")), len(events("payment.record"))) == (1, 1)
    text = client.get(reverse("prosecutions:accused-list"), {"case": case.pk}).content.decode()
    for words in ("₱2,000.00 for each", "for 2 survivors", "₱500.00 paid"):
        assert words in text


def test_a_total_and_an_award_of_which_nothing_was_paid(client, case, lawyer):
    AwardMake(case=case, each_low=None, each_high=None, each_currency="", total_low=3000, total_high=8000,
              total_currency="USD", payments_known=True)  # fmt: skip
    AwardMake(case=case)
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:accused-list"), {"case": case.pk}).content.decode()
    for words in ("$3,000.00 to $8,000.00 in all", "Nothing paid so far", "No payment recorded"):
        assert words in text


def test_only_a_survivor_of_the_award_can_be_paid(client, case, lawyer):
    share = AwardShareMake(case=case)
    PaymentMake(case=case, award=share.award)
    stranger = SurvivorMake(case=case)
    response = post(client, lawyer, "payment-record", share.award.pk, amount="5", survivor=stranger.pk)
    assert errors(response, "survivor")


def test_a_charge_names_an_offence_or_a_law(client, case, accused, lawyer, looking, events):
    none = post(client, lawyer, "charge-add", accused.pk, section="4(a)")
    assert errors(none, "offence") == "Write the offence or the law."
    late = post(client, lawyer, "charge-add", accused.pk, offence="Trafficking", filed_on="2999")
    assert errors(late, "filed_on") == "This date is in the future."
    abroad = post(client, lawyer, "charge-add", accused.pk, offence="Trafficking", country="Peru")
    assert "two letters" in errors(abroad, "country")
    facts = {
        "offence": "Trafficking",
        "statute": "RA 9208",
        "section": "4(a)",
        "country": "PH",
        "status": "filed",
        "attempted": "false",
        "plea": "not_guilty",
    }
    assert post(client, lawyer, "charge-add", accused.pk, **facts).status_code == 302
    with looking(lawyer):
        charge = Charge.objects.get()
    assert (charge.position, charge.called, charge.attempted) == (1, "Trafficking (RA 9208 4(a))", False)
    changed = {**facts, "offence": "", "plea": "guilty", "version": 1}
    assert post(client, lawyer, "charge-edit", charge.pk, **changed).status_code == 302
    assert post(client, lawyer, "charge-edit", charge.pk, **changed).status_code == 409
    text = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    assert "RA 9208 4(a)" in text
    assert "Plea: Guilty" in text
    assert (len(events("charge.add")), len(events("charge.edit"))) == (1, 1)


def test_a_proceeding_takes_the_accused_and_later_others(client, case, accused, lawyer, looking, events):
    facts = {"kind": "criminal_trial", "court": "RTC 23", "docket": "CRIM-1", "opened_on": "2026-02-01"}
    response = post(client, lawyer, "proceeding-open", case.pk, accused=[accused.pk], **facts)
    with looking(lawyer):
        proceeding = Proceeding.objects.get()
        assert Party.objects.get().accused_id == accused.pk
    assert (proceeding.key, proceeding.called) == ("t1", "RTC 23 · CRIM-1")
    assert response["Location"] == reverse("prosecutions:proceeding-detail", args=[proceeding.pk])
    page = client.get(reverse("prosecutions:proceeding-edit", args=[proceeding.pk]))
    assert "accused" not in page.context["form"].fields
    other = AccusedMake(case=case)
    early = post(client, lawyer, "proceeding-edit", proceeding.pk, **facts, closed_on="2026-01-01", version=1)
    assert errors(early, "closed_on") == "This is before the beginning."
    more = {**facts, "stage": "trial", "accused": [other.pk], "version": 1}
    assert post(client, lawyer, "proceeding-edit", proceeding.pk, **more).status_code == 302
    assert post(client, lawyer, "proceeding-edit", proceeding.pk, **more).status_code == 409
    with looking(lawyer):
        assert Party.objects.count() == 2
    assert (len(events("proceeding.open")), len(events("proceeding.edit"))) == (1, 1)


def test_a_proceeding_without_court_or_docket_is_called_by_its_kind():
    assert Proceeding(kind="appeal").called == "Appeal"
    assert Proceeding(key="t4").called == "t4"


def test_the_legal_track_stays_open_while_a_charge_has_no_outcome(case, accused, lawyer, looking):
    ChargeMake(case=case, accused=accused, position=1)
    ChargeMake(case=case, accused=accused, position=2, status="dropped")
    second = ChargeMake(case=case, position=2, status="")
    with looking(lawyer):
        assert charges_without_an_outcome(case, lawyer).startswith("2 charges have no outcome yet.")
        assert shut_gates(case, "legal", "closed", lawyer)
    VerdictMake(case=case, accused=accused)
    VerdictMake(case=case, accused=second.accused, charge_positions=["1"])
    with looking(lawyer):
        assert charges_without_an_outcome(case, lawyer).startswith("1 charge has no outcome yet.")
    VerdictMake(case=case, accused=second.accused, charge_positions=["1", "2"])
    with looking(lawyer):
        assert charges_without_an_outcome(case, lawyer) is None


def test_keys_of_the_accused_and_networks_are_offered_to_those_who_see_them(
    case, accused, lawyer, administrator
):
    from accounts.scope import viewing_as
    from cases.keys import keys_of
    from tests.factories import NetworkMake

    network = NetworkMake(case=case)
    with viewing_as(lawyer):
        found = keys_of(case, lawyer, "accused", "network")
        assert found == [
            (accused.key, f"{accused.key} · {accused.name}"),
            (network.key, f"{network.key} · The line"),
        ]
        assert keys_of(case, administrator, "accused", "network") == []


def test_a_proceeding_of_another_case_cannot_be_chosen(client, accused, lawyer):
    response = post(client, lawyer, "charge-add", accused.pk, offence="X", proceeding=ProceedingMake().pk)
    assert errors(response, "proceeding")


@pytest.mark.parametrize("day", ["2026-02-28", "2026-02", "2025"])
def test_nobody_is_judged_before_the_trial_the_arrest_or_the_charge(client, case, lawyer, day):
    tried, arrested, charged = (AccusedMake(case=case) for _ in range(3))
    proceeding = ProceedingMake(case=case, opened_on="2026-03")
    ArrestMake(case=case, accused=arrested, on="2026-03-01")
    ChargeMake(case=case, accused=charged, filed_on="2026-03-10")
    facts = {"result": "convicted", "on": day}
    for person, more, sentence in (
        (tried, {"proceeding": proceeding.pk}, "This is before the proceeding was opened."),
        (arrested, {}, "This is before the person was arrested."),
        (charged, {}, "This is before a charge that it decides was filed."),
    ):
        response = post(client, lawyer, "verdict-record", person.pk, **facts, **more)
        assert errors(response, "on") == sentence
    vague = {**facts, "on": "2026", "proceeding": proceeding.pk}
    assert post(client, lawyer, "verdict-record", tried.pk, **vague).status_code == 302


def test_a_charge_is_decided_once_while_the_judgment_stands(client, case, accused, lawyer, looking):
    first, second = (ChargeMake(case=case, accused=accused, position=place) for place in (1, 2))
    facts = {"result": "convicted", "on": "2026-10-01"}
    assert post(client, lawyer, "verdict-record", accused.pk, **facts, charges=[first.pk]).status_code == 302
    again = post(client, lawyer, "verdict-record", accused.pk, **facts, charges=[first.pk, second.pk])
    assert errors(again, "charges") == "A judgment that stands has decided one of these charges already."
    assert post(client, lawyer, "verdict-record", accused.pk, **facts).status_code == 302
    with looking(lawyer):
        rows = Verdict.objects.order_by("position").values_list("charge_positions", flat=True)
        assert list(rows) == [["1"], ["2"]]
    other = post(client, lawyer, "verdict-record", accused.pk, result="acquitted", on="2026-10-02")
    assert "Every charge is decided" in errors(other, "charges")


def test_a_judgment_that_was_set_aside_leaves_its_charges_to_be_decided(client, case, accused, lawyer):
    charge = ChargeMake(case=case, accused=accused, position=1, status="decided")
    verdict = VerdictMake(case=case, accused=accused, overturned_on="2026-10-20")
    facts = {"result": "convicted", "on": "2026-10-25", "charges": [charge.pk]}
    assert post(client, lawyer, "verdict-record", accused.pk, **facts).status_code == 302
    VerdictMake(case=case, accused=verdict.accused)
    assert errors(post(client, lawyer, "verdict-record", accused.pk, **facts), "charges")


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        ("convicted", "A conviction of 1 October 2026 in this proceeding is on record already."),
        (
            "acquitted",
            "A judgment of 1 October 2026 with this result in this proceeding is on record already.",
        ),
    ],
)
def test_one_judgment_of_a_kind_in_a_proceeding(client, case, accused, lawyer, result, sentence):
    proceeding = ProceedingMake(case=case)
    VerdictMake(case=case, accused=accused, result=result, proceeding=proceeding)
    facts = {"result": result, "on": "2026-10-02", "proceeding": proceeding.pk}
    assert errors(post(client, lawyer, "verdict-record", accused.pk, **facts), "result") == sentence
    facts["proceeding"] = ProceedingMake(case=case).pk
    assert post(client, lawyer, "verdict-record", accused.pk, **facts).status_code == 302
