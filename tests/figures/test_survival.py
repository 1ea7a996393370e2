"""The two curves against numbers of the textbooks and numbers worked out by hand."""

from collections import Counter

import pytest

from figures.survival import WATCHED, aalen_johansen, kaplan_meier

# Freireich and others 1963, weeks of remission under 6-MP, + still in remission: the usual example
# (Cox and Oakes 1984; Kleinbaum and Klein 2012, table 2.1).
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"


def tally(text, kind="came"):
    """Read numbers, with + for those who were only watched so long."""
    return Counter((int(word.rstrip("+")), WATCHED if word.endswith("+") else kind) for word in text.split())


def test_the_curve_of_the_textbook_with_its_band_and_its_median():
    curve = kaplan_meier(tally(REMISSION))
    told = [
        (p.time, p.at_risk, p.ended, round(p.still, 4), round(p.low, 3), round(p.high, 3))
        for p in curve.points
    ]
    assert told == [
        (6, 21, 3, 0.8571, 0.620, 0.952),
        (7, 17, 1, 0.8067, 0.563, 0.923),
        (10, 15, 1, 0.7529, 0.503, 0.889),
        (13, 12, 1, 0.6902, 0.432, 0.849),
        (16, 11, 1, 0.6275, 0.368, 0.805),
        (22, 7, 1, 0.5378, 0.268, 0.747),
        (23, 6, 1, 0.4482, 0.188, 0.680),
    ]
    assert (curve.quantile(), curve.quantile_band()) == (23, (13, None))
    assert [curve.at_risk(time) for time in (0, 6, 7, 23, 35, 36)] == [21, 21, 17, 6, 1, 0]


def test_without_anybody_still_waiting_it_is_the_plain_share():
    curve = kaplan_meier(tally("10 20 20 40"))
    assert [curve.done(time) for time in (0, 9, 10, 20, 39, 40)] == [0, 0, 0.25, 0.75, 0.75, 1]
    assert curve.done(41) is None
    assert curve.points[-1].low == curve.points[-1].high == 0
    assert curve.quantile() == 20


@pytest.mark.parametrize("text", ["", "5+ 9+"])
def test_where_nothing_ended_there_is_no_median_and_no_step(text):
    curve = kaplan_meier(tally(text))
    assert (curve.points, curve.quantile(), curve.ended) == ((), None, 0)


def test_two_ends_of_which_only_one_can_come():
    """By hand: five watched. 1 restored at 2: 1/5. At 3 one lost: 4/5 x 1/4 = 1/5. One watched to 4. At 5 one
    restored: (3/5) x (1/2) = 3/10 more. The last is watched to 6. 0.5 + 0.2 + 0.3 still in care is all.
    """
    counts = tally("2 5", "restored") + tally("3", "lost") + tally("4+ 6+")
    curve = aalen_johansen(counts, ("restored", "lost"))
    assert curve.at(1) == {"restored": 0, "lost": 0}
    assert curve.at(2) == pytest.approx({"restored": 0.2, "lost": 0})
    assert curve.at(6) == pytest.approx({"restored": 0.5, "lost": 0.2})
    assert curve.at(7) is None
    # One minus Kaplan-Meier of each alone would promise more than the two together.
    naive = 1 - kaplan_meier(tally("2 5") + tally("3+ 4+ 6+")).points[-1].still
    assert naive == pytest.approx(0.6)
