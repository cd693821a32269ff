"""The languages that DHIS2 offers: Norwegian is `no` for the database, `nb` for screens (facts §17.7)."""

_DATABASE = "af am ar bi my zh nl dz en fr de gu hi id it km rw lo ne no ps fa pt ru es sw tg vi "
_INTERFACE = (
    "ar ar_EG ar_IQ ar_SD bn bi my ckb zh zh_CN cs da nl en fr id id_ID km rw lo mn ne nb or ps pt "
    "pt_BR ro ru si es es_419 sv tg tet uk ur uz_UZ_Cyrl uz_UZ_Latn vi prs "
)
DATABASE_LOCALES = tuple(_DATABASE.split())
"""What `/api/locales/db` lists."""

INTERFACE_LOCALES = tuple(_INTERFACE.split())
"""What `/api/locales/ui` lists."""

LOCALE_NAMES: dict[str, tuple[str, str]] = {
    "af": ("Afrikaans", "Afrikaans"),
    "am": ("አማርኛ", "Amharic"),
    "ar": ("العربية", "Arabic"),
    "ar_EG": ("العربية (مصر)", "Arabic (Egypt)"),
    "ar_IQ": ("العربية (العراق)", "Arabic (Iraq)"),
    "ar_SD": ("العربية (السودان)", "Arabic (Sudan)"),
    "bi": ("Bislama", "Bislama"),
    "bn": ("বাংলা", "Bangla"),
    "ckb": ("کوردیی ناوەندی", "Central Kurdish"),
    "cs": ("čeština", "Czech"),
    "da": ("dansk", "Danish"),
    "de": ("Deutsch", "German"),
    "dz": ("རྫོང་ཁ", "Dzongkha"),
    "en": ("English", "English"),
    "es": ("español", "Spanish"),
    "es_419": ("español (Latinoamérica)", "Spanish (Latin America)"),
    "fa": ("فارسی", "Persian"),
    "fr": ("français", "French"),
    "gu": ("ગુજરાતી", "Gujarati"),
    "hi": ("हिन्दी", "Hindi"),
    "hi_IN": ("हिन्दी (भारत)", "Hindi (India)"),
    "id": ("Indonesia", "Indonesian"),
    "id_ID": ("Indonesia (Indonesia)", "Indonesian (Indonesia)"),
    "it": ("italiano", "Italian"),
    "km": ("ខ្មែរ", "Khmer"),
    "lo": ("ລາວ", "Lao"),
    "mn": ("монгол", "Mongolian"),
    "my": ("မြန်မာ", "Burmese"),
    "nb": ("norsk bokmål", "Norwegian Bokmål"),
    "ne": ("नेपाली", "Nepali"),
    "nl": ("Nederlands", "Dutch"),
    "no": ("norsk", "Norwegian"),
    "or": ("ଓଡ଼ିଆ", "Odia"),
    "prs": ("prs", "prs"),
    "ps": ("پښتو", "Pashto"),
    "pt": ("português", "Portuguese"),
    "pt_BR": ("português (Brasil)", "Portuguese (Brazil)"),
    "ro": ("română", "Romanian"),
    "ru": ("русский", "Russian"),
    "rw": ("Kinyarwanda", "Kinyarwanda"),
    "si": ("සිංහල", "Sinhala"),
    "sv": ("svenska", "Swedish"),
    "sw": ("Kiswahili", "Swahili"),
    "tet": ("Tetum", "Tetum"),
    "tg": ("тоҷикӣ", "Tajik"),
    "uk": ("українська", "Ukrainian"),
    "ur": ("اردو", "Urdu"),
    "uz_UZ_Cyrl": ("ўзбекча (Кирил, Ўзбекистон)", "Uzbek (Cyrillic, Uzbekistan)"),
    "uz_UZ_Latn": ("o‘zbek (lotin, Oʻzbekiston)", "Uzbek (Latin, Uzbekistan)"),
    "vi": ("Tiếng Việt", "Vietnamese"),
    "zh": ("中文", "Chinese"),
    "zh_CN": ("中文 (中国)", "Chinese (China)"),
}
"""Locale → its name in itself, its name in English."""


def interface_locales(release: tuple[int, int]) -> tuple[str, ...]:
    """What a version's `/api/locales/ui` lists."""
    if release < (2, 42):
        return tuple(name for name in INTERFACE_LOCALES if name != "es_419")
    return (*INTERFACE_LOCALES, "hi_IN") if release >= (2, 43) else INTERFACE_LOCALES


DATABASE_LOCALE = "keyDbLocale"
"""The setting of a server and of a user: in which language the names of metadata are read."""


def database_locale(release: tuple[int, int]) -> str:
    """What a server that nobody set says: on 2.41 none (facts §17.7)."""
    return "en" if release >= (2, 42) else ""
