"""System settings: their keys, what each takes, and on which versions it is known.

No endpoint tells their types; these are what the three versions' own classes say (facts §18.5, §19.40).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dhis2cfg.catalogue.shipped import VERSIONS
from dhis2cfg.catalogue.types import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSetting:
    """One key: the shape of its value, the constants that it takes, the versions that know it.

    `translatable`: a text may be given per locale. `secret`: it is, or holds, a password or a key of
    somebody's account. `noted`: the server notes something for itself there.
    """

    name: str
    shape: Shape
    versions: tuple[str, ...]
    constants: tuple[str, ...] = ()
    translatable: bool = False
    secret: bool = False
    noted: bool = False


_TEXTS = (
    "applicationTitle deviceEnrollmentAllowedUserGroups deviceEnrollmentRedirectAllowlist "
    "globalShellAppName googleAnalyticsUA helpPageLink keyApplicationFooter keyApplicationIntro "
    "keyApplicationNotification keyApplicationRightFooter keyAzureMapsApiKey keyBingMapsApiKey "
    "keyCalendar keyCurrentDomainType keyCustomColor keyCustomColorMobile keyCustomCss keyCustomJs "
    "keyDateFormat keyDbLocale keyDefaultBaseMap keyEmailHostName keyEmailPassword keyEmailSender "
    "keyEmailUsername keyFlag keyFlagImage keyGoogleMapsApiKey keyHtmlPushAnalyticsUrl "
    "keyMetaDataRepoUrl keyRemoteInstancePassword keyRemoteInstanceUrl keyRemoteInstanceUsername "
    "keyStyle keySystemNotificationsEmail keyTrackerDashboardLayout keyUiLocale loginPageTemplate "
    "loginPopup phoneNumberAreaCode recaptchaSecret recaptchaSite startModule"
)
_BOOLEANS = (
    "accountExpiryAlert autoVerifyInvitedUserEmail credentialsExpiryAlert dataEntryAutoGroup "
    "enforceVerifiedEmail experimentalAnalyticsSqlEngineEnabled globalShellEnabled "
    "keyAcceptanceRequiredForApproval keyAccountRecovery keyAllowObjectAssignment "
    "keyCanGrantOwnUserAuthorityGroups keyCountPassiveDashboardViewsInUsageAnalytics "
    "keyCustomLoginPageLogo keyCustomTopMenuLogo keyCustomTranslationsEnabled "
    "keyDashboardContextMenuItemOpenInRelevantApp "
    "keyDashboardContextMenuItemShowInterpretationsAndDetails "
    "keyDashboardContextMenuItemSwitchViewType keyDashboardContextMenuItemViewFullscreen "
    "keyDataImportRequireAttributeOptionCombo keyDataImportRequireCategoryOptionCombo "
    "keyDataImportStrictAttributeOptionCombos keyDataImportStrictCategoryOptionCombos "
    "keyDataImportStrictDataElements keyDataImportStrictDataSetApproval "
    "keyDataImportStrictDataSetInputPeriods keyDataImportStrictDataSetLocking "
    "keyDataImportStrictOrganisationUnits keyDataImportStrictPeriods keyEmailTls "
    "keyEmbeddedDashboardsEnabled keyGatherAnalyticalObjectStatisticsInDashboardViews "
    "keyHideBiMonthlyPeriods keyHideBiWeeklyPeriods keyHideDailyPeriods keyHideMonthlyPeriods "
    "keyHideWeeklyPeriods keyIncludeZeroValuesInAnalytics keyLockMultipleFailedLogins "
    "keyRequireAddToView keyRespectMetaDataStartEndDatesInAnalyticsTableExport "
    "keySelfRegistrationNoRecaptcha keySkipDataTypeValidationInAnalyticsTableExport "
    "keyStopMetadataSync keyUseCustomLogoBanner keyUseCustomLogoFront keyVersionEnabled "
    "multiOrganisationUnitForms notifierGistOverview orgUnitCentroidsInEventsAnalytics "
    "ruleEngineAssignOverwrite startModuleEnableLightweight"
)
_INTEGERS = (
    "accountExpiresInDays credentialsExpires credentialsExpiresReminderInDays "
    "deviceEnrollmentIATTtlSeconds jobsCleanupAfterMinutes jobsLogDebugBelowSeconds "
    "jobsMaxCronDelayHours jobsRescheduleAfterMinutes keyAnalyticsCacheProgressiveTtlFactor "
    "keyAnalyticsDownloadCombinationLimit keyAnalyticsMaxLimit keyAnalyticsPeriodYearsOffset "
    "keyDatabaseServerCpus keyDataQualityMaxLimit keyEmailPort "
    "keyIgnoreAnalyticsApprovalYearThreshold keyParallelJobsInAnalyticsTableExport keySmsMaxLength "
    "keySqlViewMaxLimit KeyTrackedEntityInstanceMaxLimit KeyTrackedEntityMaxLimit maxPasswordLength "
    "minPasswordLength notifierCleanAfterIdleTime notifierMaxAgeDays notifierMaxJobsPerType "
    "notifierMaxMessagesPerJob syncDelayBetweenRemoteServerAvailabilityCheckAttempts syncMaxAttempts "
    "syncMaxRemoteServerAvailabilityCheckAttempts"
)
_NUMBERS = "factorDeviation"
_NOTED = (
    "keyConfig keyLastCompleteDataSetRegistrationSyncSuccess keyLastMetaDataSyncSuccess "
    "keyLastMonitoringRun keyLastSuccessfulAnalyticsTablesRuntime "
    "keyLastSuccessfulAnalyticsTablesUpdate keyLastSuccessfulDataSynch "
    "keyLastSuccessfulEventsDataSynch keyLastSuccessfulLatestAnalyticsPartitionRuntime "
    "keyLastSuccessfulLatestAnalyticsPartitionUpdate keyLastSuccessfulMonitoring "
    "keyLastSuccessfulResourceTablesUpdate keyLastSuccessfulScheduledDataSetNotifications "
    "keyLastSuccessfulScheduledProgramNotifications keyLastSuccessfulSystemMonitoringPush "
    "keyMetadataFailedVersion keyMetadataLastFailedTime keyNextAnalyticsTableUpdate "
    "keyRemoteMetadataVersion keySmsSetting keySystemMetadataVersion lastSuccessfulDataStatistics "
    "syncSkipSyncForDataChangedBefore"
)
"""Times of last runs, states of a synchronisation: the server writes them."""
_TRANSLATABLE = (
    "applicationTitle keyApplicationIntro keyApplicationNotification keyApplicationFooter "
    "keyApplicationRightFooter loginPopup"
)
_CONFIDENTIAL = (
    "keyEmailPassword keyRemoteInstancePassword recaptchaSecret recaptchaSite keyAzureMapsApiKey "
    "keyBingMapsApiKey keyGoogleMapsApiKey"
)
"""Marked confidential by DHIS2, or the key of somebody's account with a maps service."""
_CONSTANTS = {
    "analyticsFinancialYearStart": (
        "FINANCIAL_YEAR_FEBRUARY FINANCIAL_YEAR_APRIL FINANCIAL_YEAR_JULY FINANCIAL_YEAR_AUGUST "
        "FINANCIAL_YEAR_SEPTEMBER FINANCIAL_YEAR_OCTOBER"
    ),
    "analyticsWeeklyStart": (
        "WEEKLY WEEKLY_WEDNESDAY WEEKLY_THURSDAY WEEKLY_FRIDAY WEEKLY_SATURDAY WEEKLY_SUNDAY"
    ),
    "keyAnalysisDigitGroupSeparator": "COMMA SPACE NONE",
    "keyAnalysisDisplayProperty": "NAME SHORTNAME",
    "keyAnalysisRelativePeriod": "",
    "keyAnalyticsCacheTtlMode": "FIXED PROGRESSIVE",
    "keyCacheStrategy": (
        "NO_CACHE CACHE_1_MINUTE CACHE_5_MINUTES CACHE_10_MINUTES CACHE_15_MINUTES CACHE_30_MINUTES "
        "CACHE_1_HOUR CACHE_6AM_TOMORROW CACHE_TWO_WEEKS RESPECT_SYSTEM_SETTING"
    ),
    "keyCacheability": "PUBLIC PRIVATE",
    "keyFileResourceRetentionStrategy": "NONE THREE_MONTHS ONE_YEAR FOREVER",
    "loginPageLayout": "DEFAULT SIDEBAR CUSTOM",
    "notifierLogLevel": "OFF DEBUG LOOP INFO WARN ERROR",
}
"""Key → its constants; empty: relative periods, of which there are too many to list here."""

_LACKS: Mapping[str, str] = {
    "2.41": (
        "analyticsWeeklyStart autoVerifyInvitedUserEmail dataEntryAutoGroup "
        "deviceEnrollmentAllowedUserGroups deviceEnrollmentIATTtlSeconds "
        "deviceEnrollmentRedirectAllowlist enforceVerifiedEmail "
        "experimentalAnalyticsSqlEngineEnabled globalShellEnabled keyCustomColor "
        "keyCustomColorMobile keyCustomTranslationsEnabled keyEmbeddedDashboardsEnabled "
    ),
    "2.42": (
        "analyticsWeeklyStart dataEntryAutoGroup keyConfig keyCustomColor keyCustomColorMobile "
        "keyCustomTranslationsEnabled keySmsSetting KeyTrackedEntityInstanceMaxLimit "
    ),
    "2.43": (
        "keyConfig keyDataImportRequireCategoryOptionCombo "
        "keyDataImportStrictCategoryOptionCombos keyDataImportStrictDataElements "
        "keyDataImportStrictDataSetApproval keyDataImportStrictDataSetInputPeriods "
        "keyDataImportStrictDataSetLocking keySmsSetting keyStyle "
        "KeyTrackedEntityInstanceMaxLimit multiOrganisationUnitForms "
    ),
}
"""Version → keys that only others know."""


def _all() -> dict[str, ServerSetting]:
    shapes = dict.fromkeys((*_TEXTS.split(), *_NOTED.split()), Shape.TEXT)
    shapes |= dict.fromkeys(_BOOLEANS.split(), Shape.BOOLEAN)
    shapes |= dict.fromkeys(_INTEGERS.split(), Shape.INTEGER)
    shapes |= dict.fromkeys(_NUMBERS.split(), Shape.NUMBER)
    shapes |= dict.fromkeys(_CONSTANTS, Shape.CONSTANT)
    return {
        name: ServerSetting(
            name=name,
            shape=shape,
            versions=tuple(version for version in VERSIONS if name not in _LACKS[version].split()),
            constants=tuple(_CONSTANTS.get(name, "").split()),
            translatable=name in _TRANSLATABLE.split(),
            secret=name in _CONFIDENTIAL.split(),
            noted=name in _NOTED.split(),
        )
        for name, shape in sorted(shapes.items())
    }


SETTINGS: Mapping[str, ServerSetting] = _all()
"""Every key that any shipped version knows."""

SYSTEM_SETTINGS = "systemSettings"
DATA_STORE = "dataStore"
BESIDE = (SYSTEM_SETTINGS, DATA_STORE)
"""What a package may hold beside metadata, by the words of its files and of the API."""

OWN_NAMESPACE = "dhis2cfg"
"""The namespace of the data store in which the tool itself keeps record, run, snapshot and lock."""
