"""Who paid for what: whatever the grants, the sum over them less the overlaps is the total."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.reports.sharing_out import Money, Shares, donor_key, paying, present
from reference.values import PartialDate

DONORS = ["anna", "ben", "carla", "dan"]
FACTS = st.lists(
    st.tuples(st.sets(st.sampled_from(DONORS)), st.decimals(0, 9999, places=2, allow_nan=False)), max_size=40
)


@settings(max_examples=150, deadline=None)
@given(FACTS)
def test_the_sum_over_donors_less_the_overlaps_is_the_total(facts):
    shares = Shares()
    for donors, amount in facts:
        shares.add(donors, amount)
    assert sum(shares.of.values()) - shares.overlap == shares.total
    assert shares.total == sum((amount for donors, amount in facts if donors), Decimal(0))
    assert shares.total + shares.nobody == sum((amount for _donors, amount in facts), Decimal(0))
    for donor in DONORS:
        alone = sum((amount for donors, amount in facts if donors == {donor}), Decimal(0))
        assert shares.of.get(donor, 0) - shares.shared.get(donor, 0) == alone


def test_a_fact_belongs_to_the_grants_in_whose_time_it_lies_wholly():
    old = Money.of("Justice  Fund ", PartialDate("2024"), PartialDate("2026-03"))
    new = Money.of("Freedom Trust", PartialDate("2026-01-01"), "")
    assert paying([old, new], PartialDate("2026-02-10")) == {"justice fund", "freedom trust"}
    assert paying([old, new], PartialDate("2026-03")) == {"justice fund", "freedom trust"}
    assert paying([old, new], PartialDate("2026")) == {"freedom trust"}
    assert paying([old, new], PartialDate("2025-12-31")) == {"justice fund"}
    assert paying([old, new], "") == set()
    assert present([old, new], date(2026, 4, 1), date(2026, 6, 30)) == {"freedom trust"}
    assert paying([old, Money.of("justice fund", "", "")], PartialDate("2025")) == {"justice fund"}
    assert donor_key(" Justice\tFUND") == "justice fund"
