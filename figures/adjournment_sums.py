"""Adjournments as `figures.adjournments` counts them, put together by the database: no hearing is loaded.

The hearings are those the viewer may see (the statement of the scoped queryset stands in it as it is); what
counts, how long it was put off and what it cost is said in figures/adjournments.py and held equal by test.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.db.models import Q

from figures.adjournments import ADJOURNED, COUNTED, FIELDS, PARTS, RATES, Run, days_lost, percent
from figures.rows import NOTHING
from reference.fields import First, Last
from reference.values import Quantity

# What a part is named by (figures/adjournments.py): hearings that are alike in it stand together.
FACTS = {
    "court": ("proceeding__court", "proceeding__known_court_id", "proceeding__known_court__name"),
    "judge": ("judge", "proceeding__judge"),
    "office": ("office_id", "office__name"),
    "reason": ("reason", "exact_reason_id", "exact_reason__name"),
    "party": ("reason", "exact_reason__party"),
    "asked": ("asked_by",),
    "avoidable": ("reason", "exact_reason__avoidable"),
}
COLUMNS = {
    "id": "pk", "case_id": "case_id", "number": "case__number", "proceeding_id": "proceeding_id",
    "position": "position", "follows_id": "follows_id", "purpose": "purpose", "said_on": "on",
    "outcome": "outcome", "next_on": "next_on", "currency": "wages_lost_currency",
    "low": "wages_lost_low", "high": "wages_lost_high",
}  # fmt: skip
STATEMENT = """
WITH seen ({columns}) AS MATERIALIZED ({hearings}),
costs (hearing_id, currency, amount) AS ({costs}),
dated AS MATERIALIZED (SELECT *, edtf_first(said_on) AS on_first, edtf_last(said_on) AS on_last FROM seen),
sat AS (
  SELECT *,
    first_value(on_first) OVER (PARTITION BY proceeding_id ORDER BY on_first
      RANGE BETWEEN '1 day' FOLLOWING AND UNBOUNDED FOLLOWING) AS later,
    first_value(on_first) OVER (PARTITION BY proceeding_id, purpose ORDER BY on_first
      RANGE BETWEEN '1 day' FOLLOWING AND UNBOUNDED FOLLOWING) AS alike
  FROM dated WHERE length(said_on) >= 10 AND outcome <> 'vacated'),
following AS (
  SELECT sat.id, min(other.on_first) AS on_first FROM sat JOIN sat other
    ON other.follows_id = sat.id AND other.on_first > sat.on_first
    AND (other.proceeding_id = sat.proceeding_id) IS TRUE -- not joined by it: each hearing with each
  GROUP BY 1),
put_off AS (
  SELECT sat.id, coalesce(following.on_first, alike, CASE WHEN length(next_on) >= 10
    AND edtf_first(next_on) > sat.on_first THEN edtf_first(next_on) END, later) - sat.on_first AS days
  FROM sat LEFT JOIN following USING (id) WHERE outcome = 'adjourned'),
asked AS MATERIALIZED (
  SELECT * FROM dated LEFT JOIN put_off USING (id) WHERE on_first >= %s AND on_last <= %s),
counted AS (SELECT * FROM asked WHERE outcome IN ('held', 'part_heard', 'adjourned')),
lost AS (
  SELECT id, currency, max(low) AS low, max(high) AS high FROM (
    SELECT id, currency, low, high FROM asked WHERE outcome = 'adjourned' AND currency <> ''
    UNION ALL
    SELECT asked.id, costs.currency, sum(amount), sum(amount) FROM costs JOIN asked ON asked.id = hearing_id
    WHERE outcome = 'adjourned' GROUP BY 1, 2) said
  GROUP BY 1, 2),
stretched AS (
  SELECT *, count(*) FILTER (WHERE outcome <> 'adjourned') OVER (PARTITION BY proceeding_id
    ORDER BY on_first, said_on, position, id ROWS UNBOUNDED PRECEDING) AS stretch
  FROM counted),
stretches AS (
  SELECT proceeding_id, case_id, number, stretch, count(*) FILTER (WHERE outcome = 'adjourned') AS length
  FROM stretched GROUP BY 1, 2, 3, 4)
SELECT 'count', jsonb_build_array({facts}), jsonb_build_array(count(*), count(*) FILTER (
    WHERE outcome = 'adjourned'), coalesce(sum(days), 0), count(*) FILTER (
    WHERE outcome = 'adjourned' AND days IS NULL))
  FROM counted GROUP BY 2
UNION ALL
SELECT 'lost', jsonb_build_array({facts}), jsonb_build_array(lost.currency, sum(lost.low)::text,
    sum(lost.high)::text)
  FROM counted JOIN lost USING (id) GROUP BY 2, lost.currency
UNION ALL
SELECT 'vacated', NULL, to_jsonb(count(*)) FROM asked WHERE outcome = 'vacated'
UNION ALL
(SELECT 'run', NULL, jsonb_build_array(proceeding_id, case_id, number, max(length),
    (array_agg(length ORDER BY stretch DESC))[1])
  FROM stretches GROUP BY proceeding_id, case_id, number HAVING max(length) > 0
  ORDER BY max(length) DESC, (array_agg(length ORDER BY stretch DESC))[1] DESC, number COLLATE "C",
    proceeding_id
  LIMIT %s)
"""
ALWAYS = date(1, 1, 1), date(9999, 12, 31)


@dataclass
class Sum:
    """What some of the hearings come to, as `figures.adjournments.Count` says it."""

    key: str = ""
    label: str = ""
    counted: int = 0
    adjourned: int = 0
    days_lost: int = 0
    without_next: int = 0
    lost: dict[str, Quantity] = field(default_factory=dict)

    @property
    def held(self) -> int:
        return self.counted - self.adjourned

    @property
    def costs(self) -> dict[str, Quantity]:
        """{currency: what families lost at the adjourned hearings}."""
        return dict(sorted(self.lost.items()))

    @property
    def percent(self) -> int | None:
        return percent(self.adjourned, self.counted)

    def add(self, counted: int, adjourned: int, days: int, without_next: int) -> None:
        self.counted += counted
        self.adjourned += adjourned
        self.days_lost += days
        self.without_next += without_next

    def lose(self, currency: str, low: str, high: str) -> None:
        amount = Quantity(Decimal(low), Decimal(high))
        self.lost[currency] = self.lost.get(currency, NOTHING) + amount


class Sums:
    """The hearings of some cases in a period by one part of them; read in one statement."""

    def __init__(self, hearings: Any, period: Any, part: str, *, runs: int = 10):
        self.part = part
        self.all, self.vacated, self.runs = Sum(), 0, list[Run]()
        self.sums: dict[str, Sum] = {}
        for kind, facts, values in sorted(asked_of_database(hearings, period, part, runs), key=place):
            if kind == "vacated":
                self.vacated = values
            elif kind == "run":
                self.runs.append(Run(*values))
            else:
                self.put(kind, facts, values)

    def put(self, kind: str, facts: list[Any], values: list[Any]) -> None:
        key, label = named(self.part, facts)
        one = self.sums.setdefault(key, Sum(key, label))
        if kind == "lost":
            self.all.lose(*values)
            one.lose(*values)
            return
        self.all.add(*values)
        counted, adjourned, days, without_next = values
        one.add(counted if self.part in RATES else adjourned, adjourned, days, without_next)

    def by(self) -> list[Sum]:
        """By court, judge, reason and so on, of a reason adjournments alone; most of them first."""
        known = [one for one in self.sums.values() if one.counted]
        return sorted(known, key=lambda one: (-one.adjourned, -one.counted, one.label.casefold()))


def place(row: tuple[str, Any, Any]) -> tuple[int, str]:
    """Runs stay in the order of the database; of names that are one, the same is shown each time."""
    kind, facts, _values = row
    return ("count", "lost", "vacated", "run").index(kind), str(facts)


def named(part: str, facts: Sequence[Any]) -> tuple[str, str]:
    """What figures/adjournments.py calls hearings with these facts."""
    return PARTS[part](SimpleNamespace(**dict(zip(FACTS[part], facts, strict=True))))


def asked_of_database(hearings: Any, period: Any, part: str, runs: int) -> list[tuple[str, Any, Any]]:
    """(kind, facts, values) of everything a page of adjournments shows."""
    facts = [f"fact_{number}" for number, _name in enumerate(FACTS[part])]
    seen = hearings.order_by().values_list(*COLUMNS.values(), *FACTS[part])
    costs = hearings.model.costs.rel.related_model.objects.standing().order_by()
    seen_sql, seen_facts = seen.query.sql_with_params()
    costs_sql, costs_facts = costs.values_list("hearing_id", "currency", "amount").query.sql_with_params()
    statement = STATEMENT.format(
        columns=", ".join([*COLUMNS, *facts]), hearings=seen_sql, costs=costs_sql, facts=", ".join(facts)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*seen_facts, *costs_facts, *(period or ALWAYS), runs])
        rows = cursor.fetchall()
    return [(kind, facts and json.loads(facts), json.loads(values)) for kind, facts, values in rows]


def those_of(hearings: Any, period: Any) -> Any:
    """The hearings that count."""
    rows = hearings.order_by().filter(outcome__in=COUNTED)
    if period is None:
        return rows
    rows = rows.alias(on_first=First("on"), on_last=Last("on"))
    return rows.filter(on_first__gte=period[0], on_last__lte=period[1])


def alike(rows: Any, part: str, key: str) -> tuple[str, Q]:
    """(name, rule) of the hearings of one court, one judge, one reason; of an unknown key, none."""
    rows = rows if part in RATES else rows.filter(outcome=ADJOURNED)
    known = sorted(rows.values_list(*FACTS[part]).distinct(), key=str)
    mine = [facts for facts in known if named(part, facts)[0] == key]
    rule = reduce(or_, (told(part, facts) for facts in mine), Q(pk=None))
    return (named(part, mine[0])[1] if mine else ""), rule if part in RATES else rule & Q(outcome=ADJOURNED)


def told(part: str, facts: Sequence[Any]) -> Q:
    """These facts and no others."""
    return Q(**{
        f"{name}__isnull" if value is None else name: True if value is None else value
        for name, value in zip(FACTS[part], facts, strict=True)
    })  # fmt: skip


def days_of(hearings: Any, some: Sequence[Any]) -> dict[Any, int]:
    """{hearing: days to the date it was put off to} of a few of them."""
    near = hearings.filter(proceeding__in={row.proceeding_id for row in some})
    near = near.order_by("proceeding_id", "on", "position", "pk")
    return dict(days_lost(near.values_list(*FIELDS, named=True)))
