"""Relative periods by the names of the older API form, and as they are stored (facts §13, number 28)."""

_RELATIVE = (
    "thisDay yesterday last3Days last7Days last14Days last30Days last60Days last90Days last180Days "
    "thisMonth lastMonth thisBimonth lastBimonth thisQuarter lastQuarter thisSixMonth lastSixMonth "
    "weeksThisYear monthsThisYear biMonthsThisYear quartersThisYear thisYear monthsLastYear "
    "quartersLastYear lastYear last5Years last10Years last12Months last6Months last3Months "
    "last6BiMonths last4Quarters last2SixMonths thisFinancialYear lastFinancialYear "
    "last5FinancialYears last10FinancialYears thisWeek lastWeek thisBiWeek lastBiWeek last4Weeks "
    "last4BiWeeks last12Weeks last52Weeks "
)
RELATIVE_PERIODS = tuple(_RELATIVE.split())
"""By the names of the older form, in the server's order."""


def stored_name(name: str) -> str:
    """`LAST_12_MONTHS` of `last12Months`; `thisDay` is TODAY."""
    if name == "thisDay":
        return "TODAY"
    signs = []
    for before, sign in zip(" " + name, name, strict=False):
        if before != " " and ((sign.isupper()) or (sign.isdigit() and not before.isdigit())):
            signs.append("_")
        signs.append(sign.upper())
    return "".join(signs)
