"""Six small charts of one person: where each scoring stands, and where not enough was known."""

from datetime import timedelta

from aftercare.states import Domain

HEIGHT, TOP, FOOT = 84, 8, 8  # pixels
LEFT, RIGHT = 5, 95  # percent
LOWEST, HIGHEST = 1, 4


def in_order(assessments):
    """Oldest first; scorings of one day in the order they were made."""
    return sorted(assessments, key=lambda one: (one.on.last, one.position))


def charts_of(assessments):
    """A chart for each of the six domains, all on one line of time; none without an assessment."""
    made = in_order(assessments)
    if not made:
        return []
    places = places_of(made)
    scores = {one.pk: {score.domain: score for score in one.scores.all()} for one in made}
    return [chart_of(domain, made, places, scores) for domain in Domain]


def places_of(made):
    """How far across each scoring stands, in percent: by its day, so that a long silence looks long."""
    first, last = made[0].on.last, made[-1].on.last
    span = (last - first) or timedelta(days=1)
    if first == last and len(made) > 1:
        return [LEFT + (RIGHT - LEFT) * place / (len(made) - 1) for place in range(len(made))]
    return [round(LEFT + (RIGHT - LEFT) * ((one.on.last - first) / span), 2) for one in made]


def height_of(value):
    """How far down a score stands, in pixels: 4 at the top, 1 at the foot."""
    share = (HIGHEST - float(value)) / (HIGHEST - LOWEST)
    return round(TOP + share * (HEIGHT - TOP - FOOT), 1)


def chart_of(domain, made, places, scores):
    """The points of one domain, the lines between neighbours that both are known, and the gaps."""
    points = [
        point_of(one, x, scores[one.pk].get(domain), made[place - 1] if place else None)
        for place, (one, x) in enumerate(zip(made, places, strict=True))
    ]
    pairs = zip(points, points[1:], strict=False)
    known = [point["score"] for point in points if point["score"]]
    now = points[-1]["score"]
    earlier = known[-2] if now and len(known) > 1 else (known[-1] if known and not now else None)
    return {
        "code": domain.value,
        "domain": domain.label,
        "points": points,
        "lines": [(one, two) for one, two in pairs if one["score"] and two["score"]],
        "grid": [height_of(step) for step in range(LOWEST, HIGHEST + 1)],
        "now": now,
        "before": earlier,
        "height": HEIGHT,
        "foot": HEIGHT - FOOT,
    }


def point_of(assessment, x, score, previous):
    """One scoring in one domain; without a score a gap. Marked where it was made against another home."""
    return {
        "on": assessment.on,
        "x": x,
        "y": height_of(score.value) if score else None,
        "score": score,
        "value": score.value if score else None,
        "moved": previous is not None and previous.setting != assessment.setting,
        "setting": assessment.setting,
    }


def table_of(assessments):
    """The same as rows: each scoring with its six scores, newest last."""
    rows = []
    for one in in_order(assessments):
        scores = {score.domain: score for score in one.scores.all()}
        rows.append({"assessment": one, "scores": [scores.get(domain) for domain in Domain]})
    return {"domains": [domain.label for domain in Domain], "rows": rows}
