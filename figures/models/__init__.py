from figures.models.months import MonthCase, MonthFigure, MonthSeal, MonthSheet, MonthWord

__all__ = ["MonthCase", "MonthFigure", "MonthSeal", "MonthSheet", "MonthWord"]
