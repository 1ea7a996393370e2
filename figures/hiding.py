"""Small counts about people of whom the reader may see no record: hidden so that nobody works them out.

    shown = hidden([[3, 20, 40], [25, 12, 60], [31, 2, 18]], knowers=[{0}, {1}, {2}])
    shown.cells[0][0] is None           # fewer than 11
    shown.cells[1][0] is None           # hidden with it, or else the total of its column would tell
    shown.row_totals, shown.column_totals, shown.total

`cells` are whole numbers, row by row, without totals: those are worked out here, for they are hidden too
where they would tell. `knowers` says which rows somebody knows exactly, because she may open their cases: the
director of one office is {2}, of a region {0, 2}. What each of them does not know stays unknown to each.

What holds of the answer, whoever asks (tests/figures/test_hiding.py proves it for any table):
  - no count under `least`, none included, is shown, neither as a cell nor as a total;
  - from all that is shown, with the rows she knows, nobody can bring a hidden cell down to fewer than `width`
    values. She may know how this works, and that no count is below none.
It holds of one table. Tables that overlap (the same people by month and by year) must be put into one table
or not be shown at all; see `figures.publishing`, which is the one place where counts leave their office.
Raw counts of offices that one does not see are read by nobody but the principal "figures", in the worker: row
by row they are locked like cases, and what is published is stored as it is shown, hidden and rounded.
`rounded` blunts what is shown, so that two editions of one table do not tell what happened between them.
"""

from dataclasses import dataclass
from heapq import heappop, heappush

LEAST = 11
WIDTH = 5
STEP = 5
CLOSED = -1


@dataclass(frozen=True)
class Shown:
    """A table of which None is hidden."""

    cells: list
    row_totals: list
    column_totals: list
    total: int | None


def hidden(cells, *, least=LEAST, width=WIDTH, knowers=()):
    """The table with its totals, small counts hidden, and what would give them away."""
    grid = with_totals(cells)
    covered = {place for place, value in grid.items() if value < least}
    readers = [frozenset(), *(frozenset(known) for known in knowers if len(set(known)) < len(cells))]
    queue = sorted(covered)
    for place in queue:  # grows while it is read: what is hidden as well must not be worked out either
        for known in readers:
            if place[0] in known:
                continue
            if len(worlds(grid, covered, place, known, width)) < width:
                more = [
                    cell for cell in cheapest_way(grid, covered, place, known, width) if cell not in covered
                ]
                covered.update(more)
                queue += more
    return laid_out(grid, covered)


def with_totals(cells):
    """{(row, column): count}; the last row and the last column hold the totals."""
    grid = {(row, column): value for row, line in enumerate(cells) for column, value in enumerate(line)}
    rows, columns = len(cells), len(cells[0]) if cells else 0
    for row in range(rows):
        grid[row, columns] = sum(cells[row])
    for column in range(columns + 1):
        grid[rows, column] = sum(grid[row, column] for row in range(rows))
    return grid


def laid_out(grid, covered):
    """The grid as a table again."""
    last_row, last_column = max(grid)

    def told(row, column):
        return None if (row, column) in covered else grid[row, column]

    return Shown(
        [[told(row, column) for column in range(last_column)] for row in range(last_row)],
        [told(row, last_column) for row in range(last_row)],
        [told(last_row, column) for column in range(last_column)],
        told(last_row, last_column),
    )


def worlds(grid, covered, place, known, width):
    """Tables that this reader cannot tell from the truth, each with another value of one hidden cell.

    No more than `width` are looked for, the truth among them. Every line of the grid adds up: what goes up in
    one cell comes down in another of its row and of its column. So a cell can have another value when there
    is a way round through hidden cells back to it.
    """
    found = [grid]
    for up in (True, False):
        trial = dict(grid)
        while len(found) < width and step(trial, covered, place, known, up):
            found.append(dict(trial))
    return found


def step(trial, covered, place, known, up):
    """Change the grid by one at this place, and as little else as keeps all sums; False if it cannot be."""
    if not can_move(trial, place, up):
        return False
    way = way_round(trial, covered, place, known, up)
    if way is None:
        return False
    for number, cell in enumerate([place, *way]):
        trial[cell] += 1 if moves_up(trial, place, cell, up, number) else -1
    return True


def moves_up(trial, place, cell, up, number):
    """Along the way cells go up and down in turn; a total stands on the other side of its sum."""
    turned = is_total(trial, place) != is_total(trial, cell)
    return up ^ bool(number % 2) ^ turned


def is_total(trial, cell):
    """A total of one row or of one column; the total of all stands on the side of the cells."""
    last_row, last_column = max(trial)
    return (cell[0] == last_row) != (cell[1] == last_column)


def can_move(trial, cell, up):
    """A count can always be higher, and lower while it is above none."""
    return up or trial[cell] > 0


def way_round(trial, covered, place, known, up):
    """The other cells that have to change with this one: along its column, a row, a column, back to its row.

    None if there is no such way. A breadth-first search, so that the way is as short as it can be.
    """
    free = [cell for cell in covered if cell[0] not in known and cell != place]
    ways, seen = [(place[1], [])], {place[1]}
    for column, way in ways:
        for cell in free:
            if cell[1] != column or not can_move(trial, cell, moves_up(trial, place, cell, up, 1)):
                continue
            if cell[0] == place[0]:
                return [*way, cell]
            for onward in free:
                if onward[0] != cell[0] or onward[1] in seen:
                    continue
                if can_move(trial, onward, moves_up(trial, place, onward, up, 2)):
                    seen.add(onward[1])
                    ways.append((onward[1], [*way, cell, onward]))
    return None


def cheapest_way(grid, covered, place, known, width):
    """The way round whose hiding costs least, by the counts that are lost: room for `width` values of a cell.

    There always is one, over the totals. Dijkstra's algorithm; what is hidden already costs nothing.
    """
    room = [cell for cell in grid if cell[0] not in known and cell != place]
    heap, done = [(0, place[1], [])], set()
    while heap:
        cost, column, way = heappop(heap)
        if column == CLOSED:
            return way
        if column in done:
            continue
        done.add(column)
        for down in room:
            if down[1] != column or not _may(grid, place, down, 1, width):
                continue
            spent = cost + _price(grid, covered, down)
            if down[0] == place[0]:
                heappush(heap, (spent, CLOSED, [*way, down]))
            for onward in room:
                if onward[0] == down[0] and onward[1] not in done and _may(grid, place, onward, 2, width):
                    price = _price(grid, covered, onward)
                    heappush(heap, (spent + price, onward[1], [*way, down, onward]))
    raise AssertionError("a way over the totals is always open")


def _may(grid, place, cell, number, width):
    return moves_up(grid, place, cell, True, number) or grid[cell] >= width - 1


def _price(grid, covered, cell):
    return 0 if cell in covered else grid[cell] + 1


def rounded(value):
    """A count that leaves its office, to the nearest five; never shown as less than what may be shown."""
    if value is None:
        return None
    return max(STEP * ((value + STEP // 2) // STEP), LEAST + STEP - LEAST % STEP)


def parts(counts, **more):
    """{code: count} of one whole, as (the same with None where hidden, the total or None)."""
    shown = hidden([list(counts.values())], **more)
    return dict(zip(counts, shown.cells[0], strict=True)), shown.total
