"""The threat model says of the roles what the code says, and forgets neither a verb nor a role."""

from accounts.roles import ROLE_CAN, SYSTEM_PRINCIPALS, Can, Role
from ijm_cases import role_table
from tests.house.walk import ROOT

PAGE = (ROOT / "THREAT_MODEL.md").read_text()
REACH = PAGE[PAGE.index("## Roles: how far") : PAGE.index("## Roles: what each")].lower()


def test_the_table_is_the_one_of_today():
    assert role_table.page(PAGE) == PAGE, "run: python -m ijm_cases.role_table"


def test_every_verb_stands_in_the_table():
    named = {verb for _what, read, write in role_table.RECORDS for verb in (read, write) if verb}
    assert {verb.name for verb in Can} == named


def test_every_role_and_every_principal_is_said_to_see_so_far():
    told = [role for role in Role if role.value.replace("_", " ") in REACH]
    assert told == list(Role) == list(ROLE_CAN)
    assert all(principal in REACH for principal in SYSTEM_PRINCIPALS)


def test_a_cell_says_what_the_verbs_say():
    assert role_table.cell({Can.VIEW_CASE}, "VIEW_CASE", "EDIT_CASE") == "r"
    assert role_table.cell({Can.VIEW_CASE, Can.EDIT_CASE}, "VIEW_CASE", "EDIT_CASE") == "w"
    assert role_table.cell(set(), "VIEW_CASE", None) == "–"


def test_each_attacker_s_row_says_what_is_not_promised():
    rows = [line for line in PAGE[: PAGE.index("## What we do not")].splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert cells[0][-1] == "**not promised**"
    assert len(rows) > 15
    assert all(len(row) == 5 and row[4] for row in cells)
