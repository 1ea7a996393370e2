"""Property: what is hidden stays hidden, whoever adds and takes away what is shown."""

from hypothesis import given, settings
from hypothesis import strategies as st

from figures.hiding import LEAST, WIDTH, hidden, parts, rounded, with_totals, worlds

SMALL = st.sampled_from([0, 1, 4, 9, 10, 11, 12, 15, 30, 200])
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(SMALL, min_size=width, max_size=width), min_size=1, max_size=5)
)


def shown_cells(shown):
    """{place: value or None} of a whole table with its totals."""
    lines = [[*line, total] for line, total in zip(shown.cells, shown.row_totals, strict=True)]
    lines.append([*shown.column_totals, shown.total])
    return {(row, column): value for row, line in enumerate(lines) for column, value in enumerate(line)}


@given(TABLES)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_reader_can_bring_a_hidden_count_down_to_a_few_values(table):
    knowers = [{row} for row in range(len(table))] + [{0, len(table) - 1}]
    knowers = [known for known in knowers if len(known) < len(table)]
    told, truth = shown_cells(hidden(table, knowers=knowers)), with_totals(table)
    covered = {place for place, value in told.items() if value is None}
    assert all(told[place] == truth[place] for place in told.keys() - covered)
    assert {place for place, value in truth.items() if value < LEAST} <= covered
    for place in covered:
        for known in [set(), *(known for known in knowers if place[0] not in known)]:
            others = worlds(truth, covered, place, known, WIDTH)
            assert len({world[place] for world in others}) >= WIDTH
            for world in others:
                assert fits(world, told, truth, known)


def fits(world, told, truth, known):
    """Is this table one that the reader cannot tell from the truth?"""
    last_row, last_column = max(truth)
    cells = [[world[row, column] for column in range(last_column)] for row in range(last_row)]
    return (
        with_totals(cells) == dict(world)
        and min(world.values()) >= 0
        and all(value is None or world[place] == value for place, value in told.items())
        and all(world[place] == truth[place] for place in truth if place[0] in known)
    )


def test_a_list_of_parts_hides_its_small_ones_and_a_second_where_the_total_would_tell():
    assert parts({"a": 40, "b": 3, "c": 25, "d": 90}) == ({"a": 40, "b": None, "c": None, "d": 90}, 158)
    assert parts({"a": 40, "b": 25}) == ({"a": 40, "b": 25}, 65)
    assert parts({"a": 2}) == ({"a": None}, None)


def test_what_is_shown_goes_to_the_nearest_five_and_never_under_the_least():
    assert [rounded(value) for value in (None, 11, 12, 17, 18, 22, 23)] == [None, 15, 15, 15, 20, 20, 25]
