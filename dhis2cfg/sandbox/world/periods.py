"""Relative periods as the older API form shows them: one truth for each (facts §13, number 28)."""

from dhis2cfg.catalogue.periods import RELATIVE_PERIODS, stored_name

_TYPES = (
    "BiMonthly BiWeekly Daily FinancialApril FinancialFeb FinancialAug FinancialJuly FinancialNov "
    "FinancialOct FinancialSep Monthly Quarterly QuarterlyNov SixMonthly SixMonthlyApril "
    "SixMonthlyNov TwoYearly Weekly WeeklyFriday WeeklyMonday WeeklySaturday WeeklySunday "
    "WeeklyThursday WeeklyTuesday WeeklyWednesday Yearly "
)
PERIOD_TYPES = frozenset(_TYPES.split())
"""The kinds of period; any other is read as none (facts §19.29)."""


def relative_periods(raw: list[str]) -> dict[str, bool]:
    """Every relative period with whether it is chosen."""
    return {name: stored_name(name) in raw for name in RELATIVE_PERIODS}
