"""Twelve months beside the twelve before: the same truth as the lists, and a change that does not boast."""

import pytest
from django.urls import reverse

from dashboards.trends import change_said
from reference.values import Quantity
from tests.factories import ReliefMake, SurvivorMake


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("3", "0", "3, that is 3 more than a year before (0)"),
        ("9", "12", "9, that is 3 fewer than a year before (12)"),
        ("5", "5", "5, as many as a year before"),
        ("15", "12", "15, that is 3 more than a year before (12), +25 %"),
        ("11", "22", "11, that is 11 fewer than a year before (22), −50 %"),
        ("10", "1000", "10, that is 990 fewer than a year before (1,000)"),
        ("7..10", "4", "7 to 10, a year before 4"),
    ],
)
def test_a_change_is_a_percentage_only_of_eleven_and_more(now, before, words):
    assert change_said(Quantity.of(now), Quantity.of(before)) == words


def test_months_stand_beside_their_year_before_and_the_running_one_is_left_out(
    client, case, director, time_machine
):
    time_machine.move_to("2026-11-20T04:00:00Z", tick=True)
    for on in ("2026-11-02", "2026-10-10", "2026-10-11", "2025-10-09", "2024-11-01", "2026", "2024-10-01"):
        ReliefMake(case=case, survivor=SurvivorMake(case=case), on=on, how="own_escape")
    client.force_login(director)
    page = client.get(reverse("dashboards:trend-show"))
    relieved = page.context["trends"][0]
    cells = [[str(cell["text"]) for cell in row["cells"]] for row in relieved.rows]
    assert cells[:2] == [["Nov 2026", "1", "0"], ["Oct 2026", "2", "1"]]
    assert relieved.rows[0]["cells"][0]["note"] == "not over yet"
    assert relieved.change == "Dec 2025 to Oct 2026: 2, that is 1 more than a year before (1)"
    assert relieved.unplaced == 0  # dated to 2026 alone, it does not lie wholly in these twelve months
    assert [pair["total"] for pair in relieved.chart["pairs"][-2:]] == [2, 1]
    for cell in (relieved.rows[1]["cells"][1], relieved.rows[1]["cells"][2]):
        assert client.get(cell["url"]).context["value"] == cell["text"]
    year = client.get(reverse("dashboards:trend-show"), {"period": "2026"}).context["trends"][0]
    assert year.rows[0]["cells"][0]["text"] == "Nov 2026"
    assert client.get(reverse("dashboards:trend-show"), {"period": "2025"}).context["trends"][0].unplaced == 0
    past = client.get(reverse("dashboards:trend-show"), {"period": "2017"})
    assert (past.context["now_word"], past.context["before_word"]) == ("2017", "2016")
    assert "This year</li>" not in past.content.decode()
    text = page.content.decode()
    assert "This year</li>" in text
    assert "<svg" in text
    assert "<table" in text
