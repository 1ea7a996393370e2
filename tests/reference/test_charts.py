"""Bars of a chart: how long each is, and which share it has."""

from reference import charts


def test_the_longest_bar_fills_the_width_and_shares_are_of_the_whole():
    found = charts.rows([{"label": "a", "value": 6}, {"label": "b", "value": 2}])
    assert [(row["percent"], row["share"]) for row in found] == [(100, 75), (100 / 3, 25)]


def test_of_too_few_no_share_is_given():
    found = charts.rows([{"label": "a", "value": 3}, {"label": "b", "value": 1}], least=5)
    assert [row["share"] for row in found] == [None, None]
