"""Money on an award: never more than was awarded, and put right when it was written down wrongly."""

import pytest
from django.urls import reverse

from cases.models import Note
from cases.states import IllegalMove
from prosecutions import actions
from prosecutions.models import Payment
from tests.factories import AwardMake, AwardShareMake, PaymentMake, SurvivorMake


def post(client, user, name, pk, /, **facts):
    client.force_login(user)
    return client.post(reverse(f"prosecutions:{name}", args=[pk]), facts)


def errors(response, field):
    assert response.status_code == 422
    return response.context["form"].errors[field][0]


@pytest.fixture
def shares(case):
    """Two survivors of one award, 1,000 pesos for each."""
    first = AwardShareMake(case=case)
    return first, AwardShareMake(case=case, award=first.award)


def test_no_more_is_paid_than_was_awarded(client, case, lawyer, shares, looking):
    award = shares[0].award
    PaymentMake(case=case, award=award, amount_low=1500, amount_high=1500)
    above = post(client, lawyer, "payment-record", award.pk, amount="500.01")
    assert errors(above, "amount") == "With this, ₱2,000.01 would be paid, but ₱2,000.00 was awarded."
    dollars = post(client, lawyer, "payment-record", award.pk, amount="5", currency="usd")
    assert errors(dollars, "currency") == "The award is in PHP. Enter what was paid in that currency."
    assert post(client, lawyer, "payment-record", award.pk, amount="500", currency="php").status_code == 302
    with looking(lawyer):
        assert Payment.objects.count() == 2


def test_a_sum_in_all_is_the_limit_and_a_group_of_unknown_number_has_none(client, case, lawyer):
    total = AwardMake(
        case=case, each_low=None, each_high=None, each_currency="", total_low=300, total_high=800,
        total_currency="USD",
    )  # fmt: skip
    above = post(client, lawyer, "payment-record", total.pk, amount="801")
    assert errors(above, "amount") == "With this, $801.00 would be paid, but $800.00 was awarded."
    open_ended = AwardMake(case=case)
    assert post(client, lawyer, "payment-record", open_ended.pk, amount="99999").status_code == 302


def test_the_action_pays_nobody_outside_the_award(case, lawyer, shares, looking, now):
    with looking(lawyer), pytest.raises(IllegalMove, match="not for this survivor"):
        actions.record_payment(
            shares[0].award.pk, by=lawyer, now=now, amount=5, survivor=SurvivorMake(case=case)
        )


def test_a_wrong_payment_is_corrected_and_what_stood_there_is_kept(
    client, case, lawyer, shares, looking, look, events
):
    payment = PaymentMake(case=case, award=shares[0].award, survivor=shares[0].survivor)
    client.force_login(lawyer)
    listed = client.get(reverse("prosecutions:accused-list"), {"case": case.pk}).content.decode()
    address = reverse("prosecutions:payment-correct", args=[payment.pk])
    assert address in listed
    assert "₱100.00 paid" in client.get(address).content.decode()
    facts = {"amount": "1000", "reason": "A nought was missing.", "version": 1}
    assert errors(post(client, lawyer, "payment-correct", payment.pk, **{**facts, "reason": ""}), "reason")
    above = post(client, lawyer, "payment-correct", payment.pk, **{**facts, "amount": "2001"})
    assert "but ₱2,000.00 was awarded" in errors(above, "amount")
    assert post(client, lawyer, "payment-correct", payment.pk, **facts).status_code == 302
    assert post(client, lawyer, "payment-correct", payment.pk, **facts).status_code == 409
    row = look(lawyer, Payment, pk=payment.pk)
    assert (row.amount_low, row.amount_high, row.amount_currency) == (1000, 1000, "PHP")
    assert [event.detail for event in events("payment.correct")] == [{"was": "100.00 PHP"}]
    with looking(lawyer):
        note = Note.objects.get()
    assert note.text == "A payment was corrected from ₱100.00 to ₱1,000.00: A nought was missing."


def test_a_correction_without_a_reason_is_no_correction(case, lawyer, looking, now):
    payment = PaymentMake(case=case)
    with looking(lawyer), pytest.raises(IllegalMove, match="what was wrong"):
        actions.correct_payment(payment.pk, by=lawyer, now=now, amount=5, reason=" ")
