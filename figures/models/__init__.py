from figures.models.months import MonthCase, MonthFigure, MonthSeal, MonthSheet, MonthWord
from figures.models.published import Published
from figures.models.rollups import Counted, CountedBy, CountedRow, Mark, Tally
from figures.models.studies import Study

__all__ = [
    "Counted",
    "CountedBy",
    "CountedRow",
    "Mark",
    "MonthCase",
    "MonthFigure",
    "MonthSeal",
    "MonthSheet",
    "MonthWord",
    "Published",
    "Study",
    "Tally",
]
