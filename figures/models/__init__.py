from figures.models.months import MonthCase, MonthFigure, MonthSeal, MonthSheet, MonthWord
from figures.models.rollups import Counted, CountedBy, CountedRow, Mark, Tally

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
    "Tally",
]
