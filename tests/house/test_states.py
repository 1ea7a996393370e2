"""Tables of moves: complete, and drawn as they are."""

import pytest

from ijm_cases.state_pictures import PAGE, page, picture, tables

TABLES = [pytest.param(table, id=f"{app}.{name}") for app, name, table in tables()]


def test_there_are_tables_of_moves():
    assert {"cases.LEGAL_MOVES", "cases.AFTERCARE_MOVES", "prosecutions.BAIL_MOVES"} <= {
        row.id for row in TABLES
    }


@pytest.mark.parametrize("table", TABLES)
def test_every_state_has_its_line_and_no_move_leads_out_of_the_list(table):
    states = set(type(next(iter(table))))
    assert set(table) == states
    assert set().union(*table.values()) <= states


@pytest.mark.parametrize("table", TABLES)
def test_no_state_leads_to_itself(table):
    assert [state for state, following in table.items() if state in following] == []


def test_the_drawings_are_those_of_the_tables():
    assert PAGE.read_text() == page(), "run: python -m ijm_cases.state_pictures"


def test_a_drawing_shows_moves_and_ends():
    drawn = picture({"open": {"shut"}, "shut": set()})
    assert "  open --> shut" in drawn
    assert "  shut --> [*]" in drawn
