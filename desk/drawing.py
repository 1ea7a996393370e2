"""Where the nodes of a picture stand: columns from left to right, neighbours near each other."""

WIDTH, HEIGHT = 190, 52
GAP_X, GAP_Y, EDGE = 70, 14, 8
LETTERS = 24
TURNS = 4


def laid_out(picture):
    """{width, height, nodes, lines} for the template; nothing is drawn that is not in the picture."""
    columns = sorted({node.column for node in picture.nodes.values()})
    stacks = [[node for node in picture.nodes.values() if node.column == column] for column in columns]
    for turn in range(TURNS):
        for stack in stacks if turn % 2 == 0 else reversed(stacks):
            places = places_of(stacks)
            stack.sort(key=lambda node, places=places: (middle(node, picture, places), node.code))
    tallest = max((len(stack) for stack in stacks), default=0)
    for at, stack in enumerate(stacks):
        down = (tallest - len(stack)) * (HEIGHT + GAP_Y) / 2
        for row, node in enumerate(stack):
            place(node, EDGE + at * (WIDTH + GAP_X), EDGE + down + row * (HEIGHT + GAP_Y))
    return {
        "width": 2 * EDGE + len(stacks) * WIDTH + max(len(stacks) - 1, 0) * GAP_X + room(picture, columns),
        "height": 2 * EDGE + tallest * (HEIGHT + GAP_Y),
        "nodes": [node for stack in stacks for node in stack],
        "lines": [line(picture.nodes[tie.one], picture.nodes[tie.two], tie.words) for tie in picture.ties],
    }


def room(picture, columns):
    """What the curves between two of the last column need on their right."""
    pairs = [{picture.nodes[tie.one].column, picture.nodes[tie.two].column} for tie in picture.ties]
    return GAP_X // 2 if set(columns[-1:]) in pairs else 0


def places_of(stacks):
    """How far down each node stands, as a part of its column."""
    return {node.id: (row + 0.5) / len(stack) for stack in stacks for row, node in enumerate(stack)}


def middle(node, picture, places):
    """Where its neighbours stand on average; its own place where it has none."""
    near = [places[tie.two if tie.one == node.id else tie.one] for tie in picture.ties
            if node.id in (tie.one, tie.two)]  # fmt: skip
    return sum(near) / len(near) if near else places[node.id]


def place(node, x, y):
    x, y = round(x), round(y)
    under = " · ".join(part for part in (node.code if node.name else "", node.note) if part)
    node.at = {
        "x": x,
        "y": y,
        "text_x": x + 12,
        "first_y": y + 22,
        "second_y": y + 40,
        "title": short(node.name or node.code),
        "under": short(under),
    }


def short(text):
    """So much of it as fits into a box; the whole stands in the table."""
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"


def line(one, two, words):
    """A curve from side to side; two of one column are joined on their right."""
    a, b = (one, two) if one.column <= two.column else (two, one)
    from_x, from_y = a.at["x"] + WIDTH, a.at["y"] + HEIGHT / 2
    to_x, to_y = (b.at["x"] if a.column != b.column else b.at["x"] + WIDTH), b.at["y"] + HEIGHT / 2
    bend = GAP_X / 2 if a.column == b.column else max((to_x - from_x) / 2, 20)
    second = to_x + bend if a.column == b.column else to_x - bend
    start, first = f"M{from_x:.0f} {from_y:.0f}", f"C{from_x + bend:.0f} {from_y:.0f}"
    return {"path": f"{start} {first} {second:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}", "words": words}
