"""What system settings are where nobody set them, as real servers tell it; nothing, no and zero left out."""

from collections.abc import Mapping
from typing import Any

DEFAULTS: Mapping[str, Any] = {
    "KeyTrackedEntityInstanceMaxLimit": 50000,
    "KeyTrackedEntityMaxLimit": 50000,
    "accountExpiresInDays": 7,
    "analyticsFinancialYearStart": "FINANCIAL_YEAR_OCTOBER",
    "analyticsWeeklyStart": "WEEKLY",
    "applicationTitle": "DHIS 2",
    "autoVerifyInvitedUserEmail": True,
    "credentialsExpiresReminderInDays": 28,
    "deviceEnrollmentIATTtlSeconds": 60,
    "deviceEnrollmentRedirectAllowlist": "dhis2oauth://oauth",
    "factorDeviation": 2.0,
    "globalShellEnabled": True,
    "jobsCleanupAfterMinutes": 1440,
    "jobsLogDebugBelowSeconds": 180,
    "jobsMaxCronDelayHours": 4,
    "jobsRescheduleAfterMinutes": 10,
    "keyAnalysisDigitGroupSeparator": "SPACE",
    "keyAnalysisDisplayProperty": "name",
    "keyAnalysisRelativePeriod": "LAST_12_MONTHS",
    "keyAnalyticsCacheProgressiveTtlFactor": 160,
    "keyAnalyticsCacheTtlMode": "FIXED",
    "keyAnalyticsDownloadCombinationLimit": 20000,
    "keyAnalyticsMaxLimit": 100000,
    "keyAnalyticsPeriodYearsOffset": -1,
    "keyCacheStrategy": "CACHE_1_MINUTE",
    "keyCacheability": "PUBLIC",
    "keyCalendar": "iso8601",
    "keyDashboardContextMenuItemOpenInRelevantApp": True,
    "keyDashboardContextMenuItemShowInterpretationsAndDetails": True,
    "keyDashboardContextMenuItemSwitchViewType": True,
    "keyDashboardContextMenuItemViewFullscreen": True,
    "keyDataImportStrictDataSetApproval": True,
    "keyDataImportStrictDataSetInputPeriods": True,
    "keyDataImportStrictDataSetLocking": True,
    "keyDataQualityMaxLimit": 500,
    "keyDateFormat": "yyyy-MM-dd",
    "keyEmailPort": 587,
    "keyEmailTls": True,
    "keyFileResourceRetentionStrategy": "NONE",
    "keyFlag": "dhis2",
    "keyIgnoreAnalyticsApprovalYearThreshold": -1,
    "keyParallelJobsInAnalyticsTableExport": -1,
    "keySmsMaxLength": 1071,
    "keySqlViewMaxLimit": -1,
    "keyStyle": "light_blue/light_blue.css",
    "keyUiLocale": "en",
    "loginPageLayout": "DEFAULT",
    "maxPasswordLength": 72,
    "minPasswordLength": 8,
    "notifierGistOverview": True,
    "notifierLogLevel": "DEBUG",
    "notifierMaxAgeDays": 7,
    "notifierMaxJobsPerType": 500,
    "notifierMaxMessagesPerJob": 500,
    "syncDelayBetweenRemoteServerAvailabilityCheckAttempts": 500,
    "syncMaxAttempts": 3,
    "syncMaxRemoteServerAvailabilityCheckAttempts": 3,
}
"""Key → value, the same on every version."""

NEVER = "1970-01-01T00:00:00.000"
"""The time of what has not happened yet."""

OF_VERSIONS: Mapping[str, Mapping[tuple[int, int], Any]] = {
    "experimentalAnalyticsSqlEngineEnabled": {(2, 43): True},
    "globalShellAppName": {(2, 41): "global-app-shell", (2, 42): "global-shell", (2, 43): "global-shell"},
    "notifierCleanAfterIdleTime": {(2, 41): 60000, (2, 42): 600000, (2, 43): 600000},
    "startModule": {(2, 41): "dhis-web-dashboard", (2, 42): "dashboard", (2, 43): "dhis-web-dashboard"},
}
"""Key → version → value."""


def defaults(release: tuple[int, int]) -> Mapping[str, Any]:
    """What a version answers."""
    return {**DEFAULTS} | {key: values[release] for key, values in OF_VERSIONS.items() if release in values}
