"""Money for survivors: ordered, deposited, received, still due; three numbers that are never one."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Note
from prosecutions.ledger import lines_by_survivor, lines_of, span, totals
from prosecutions.models import Award, AwardShare, AwardStep
from reference.values import Quantity
from tests.factories import (
    AccusedMake,
    AwardMake,
    AwardShareMake,
    AwardStepMake,
    CaseMake,
    PaymentMake,
    SurvivorMake,
)


def post(client, user, name, pk, /, **facts):
    client.force_login(user)
    return client.post(reverse(f"prosecutions:{name}", args=[pk]), facts)


def errors(response, field):
    assert response.status_code == 422
    return response.context["form"].errors[field][0]


def ledger(award):
    shares, payments = list(award.shares.all()), list(award.payments.all())
    return lines_of(award, shares, payments), lines_by_survivor(award, shares, payments)


def test_six_amounts_in_riel_have_a_sum_a_range_and_another_number_that_was_paid(
    client, case, lawyer, looking, queries_for
):
    survivors = [SurvivorMake(case=case) for _ in range(6)]
    sums = [2_000_000, 5_000_000, 8_000_000, 10_000_000, 15_000_000, 25_000_000]
    debtor = AccusedMake(case=case, name="Who Owes")
    facts = {
        "survivors": [row.pk for row in survivors], "against": [debtor.pk], "ordered_on": "2026-09-01",
        "currency": "KHR",
        **{f"own_{row.pk}": amount for row, amount in zip(survivors, sums, strict=True)},
    }  # fmt: skip
    missing = {**facts, f"own_{survivors[0].pk}": ""}
    assert "an amount for each survivor" in errors(
        post(client, lawyer, "award-order", case.pk, **missing), "each"
    )
    wrong = post(client, lawyer, "award-order", case.pk, **facts, total="64000000")
    assert "do not come to the amount in all" in errors(wrong, "total")
    assert post(client, lawyer, "award-order", case.pk, **facts).status_code == 302
    with looking(lawyer):
        award = Award.objects.get()
    above = post(
        client,
        lawyer,
        "payment-record",
        award.pk,
        amount="2000001",
        survivor=survivors[0].pk,
        on="2026-09-05",
    )
    assert "would be paid, but" in errors(above, "amount")
    paid = {"amount": "1500000", "on": "2026-09-05", "survivor": survivors[0].pk}
    assert post(client, lawyer, "payment-record", award.pk, **paid).status_code == 302
    kept = {"amount": "60000000", "on": "2026-09-05", "kind": "deposited"}
    assert post(client, lawyer, "payment-record", award.pk, **kept).status_code == 302
    with looking(lawyer):
        (whole,), people = ledger(Award.objects.get())
    assert (whole.ordered, whole.received, whole.deposited) == (
        Quantity.of(65_000_000), Quantity.of(1_500_000), Quantity.of(60_000_000),
    )  # fmt: skip
    assert (whole.due, whole.waiting) == (Quantity.of(63_500_000), Quantity.of(58_500_000))
    assert span(people) == {"KHR": Quantity.of("2000000..25000000")}
    assert [line.due.low for line in people][:2] == [500_000, 5_000_000]
    address = reverse("prosecutions:award-detail", args=[award.pk])
    text = client.get(address).content.decode()
    assert "Each survivor gets" in text
    assert "Who Owes" in text
    assert survivors[3].called in text
    few = queries_for(address)
    PaymentMake(case=case, award=award, survivor=survivors[2], amount_currency="KHR")
    AwardShareMake(case=case, award=award, amount_low=1, amount_high=1, amount_currency="KHR")
    assert queries_for(address) == few


def test_money_for_all_of_them_makes_what_is_due_to_each_a_range(case, lawyer, looking):
    award = AwardShareMake(case=case).award
    AwardShareMake(case=case, award=award)
    PaymentMake(case=case, award=award, amount_low=300, amount_high=400)
    with looking(lawyer):
        (whole,), people = ledger(Award.objects.get())
    assert whole.due == Quantity.of("1600..1700")
    assert [line.due for line in people] == [Quantity.of("600..1000")] * 2


def test_currencies_are_never_added_and_a_group_of_unknown_number_leaves_the_end_open(case, lawyer, looking):
    AwardShareMake(case=case)
    AwardMake(
        case=case, each_low=None, each_high=None, each_currency="", total_low=50, total_high=80,
        total_currency="USD",
    )  # fmt: skip
    AwardMake(case=case)
    with looking(lawyer):
        found = totals(
            line for award in Award.objects.order_by("position", "pk") for line in ledger(award)[0]
        )
    assert [(line.currency, line.ordered) for line in found] == [
        ("PHP", Quantity(Decimal(2000), None)),
        ("USD", Quantity.of("50..80")),
    ]


def test_a_higher_court_changes_the_award_and_what_it_said_is_kept(
    client, case, lawyer, looking, look, events
):
    share = AwardShareMake(case=case)
    other = AwardShareMake(case=case, award=share.award)
    PaymentMake(case=case, award=share.award)
    change = {"each": "700", "currency": "PHP", "version": 1, "reason": "Halved on appeal."}
    assert errors(post(client, lawyer, "award-change", share.award_id, **change | {"reason": ""}), "reason")
    other_money = post(client, lawyer, "award-change", share.award_id, **change | {"currency": "USD"})
    assert "The currency of the award stays" in errors(other_money, "currency")
    own = change | {f"own_{other.survivor_id}": "100"}
    assert post(client, lawyer, "award-change", share.award_id, **own).status_code == 302
    assert post(client, lawyer, "award-change", share.award_id, **own).status_code == 409
    award = look(lawyer, Award)
    assert (award.each_low, award.total_low, award.total_currency) == (None, 800, "PHP")
    assert look(lawyer, AwardShare, pk=other.pk).amount_low == 100
    assert [event.detail["was"] for event in events("award.change")] == [["2000.00..2000.00 PHP"]]
    with looking(lawyer):
        assert "Halved on appeal." in Note.objects.get().text
    gone = {"total": "800", "set_aside_on": "2026-11-01", "version": 2, "reason": "Set aside."}
    assert post(client, lawyer, "award-change", award.pk, **gone).status_code == 302
    refused = post(client, lawyer, "payment-record", award.pk, amount="5")
    assert "was set aside" in refused.content.decode()
    with looking(lawyer):
        assert ledger(Award.objects.get())[0][0].due == Quantity.of(0)


def test_steps_to_get_the_money_stand_in_order_and_say_when_to_look_again(
    client, case, lawyer, alice, looking, events
):
    award = AwardShareMake(case=case, award=AwardMake(case=case, ordered_on="2026-05-01")).award
    today = timezone.localdate()
    past = post(client, lawyer, "award-enforce", award.pk, kind="demand", on="2026-06-01", next_on=today)
    assert "lies ahead" in errors(past, "next_on")
    ahead = (today + timedelta(days=14)).isoformat()
    facts = {"kind": "execution", "on": "2026-06-01", "next_on": ahead}
    assert post(client, lawyer, "award-enforce", award.pk, **facts).status_code == 302
    with looking(lawyer):
        assert AwardStep.objects.get().kind == "execution"
    text = client.get(reverse("prosecutions:award-detail", args=[award.pk])).content.decode()
    assert "Petition for execution filed" in text
    assert [event.detail for event in events("award.enforce")] == [{"kind": "execution"}]
    assert post(client, alice, "award-enforce", award.pk, **facts).status_code == 403


def test_money_owed_is_one_list_with_sums_that_open_their_rows(
    client, case, office, other_office, lawyer, queries_for
):
    hidden = AwardMake(case=CaseMake(office=other_office), each_low=777, each_high=777, by="Hidden court")
    debtor = AccusedMake(case=case, name="Who Owes")
    owed = AwardShareMake(
        case=case, award=AwardMake(case=case, ordered_on="2026-05-01", against=[debtor.key])
    ).award
    settled = AwardShareMake(case=case, award=AwardMake(case=case, each_low=5, each_high=5)).award
    PaymentMake(case=case, award=settled, amount_low=5, amount_high=5)
    AwardStepMake(case=case, award=owed, on="2026-06-01", next_on=timezone.localdate() - timedelta(days=1))
    client.force_login(lawyer)
    address = reverse("prosecutions:award-list")
    page = client.get(address)
    text = page.content.decode()
    assert ("Who Owes" in text, "Look again" in text, "777" in text, hidden.by in text) == (
        True, True, False, False,
    )  # fmt: skip
    (total,) = page.context["sums"]
    assert total["line"].due == Quantity.of(1000)
    behind = client.get(total["url"])
    assert [award.pk for award in behind.context["page"]] == [owed.pk]
    everything = client.get(address, {"state": "all", "currency": "PHP", "case": case.pk})
    assert len(everything.context["page"].rows) == 2
    assert client.get(address, {"state": "step"}).context["page"].rows == []
    few = queries_for(address)
    for number in range(12):
        more = AccusedMake(case=case, name=f"More {number}")
        award = AwardMake(case=case, against=[more.key])
        AwardShareMake(case=case, award=award)
        PaymentMake(case=case, award=award)
    assert queries_for(address) == few


@pytest.mark.parametrize("name", ["award-change", "award-enforce", "award-detail"])
def test_whoever_does_not_see_the_case_finds_no_award(client, case, colleague, name):
    award = AwardMake(case=case)
    client.force_login(colleague)
    assert client.get(reverse(f"prosecutions:{name}", args=[award.pk])).status_code == 404
