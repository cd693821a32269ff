"""Who signs in where: an origin, the environment, the user's file in; `Credentials` for that origin out.

`NamedSecrets` are those that packages name.
"""

from dhis2cfg.dhis2.credentials.finding import Credentials, find
from dhis2cfg.dhis2.credentials.named import NamedSecrets
from dhis2cfg.dhis2.credentials.origins import is_loopback, name_of, origin_of, refuse_ambiguous
from dhis2cfg.dhis2.credentials.user_file import usual_file

__all__ = [
    "Credentials",
    "NamedSecrets",
    "find",
    "is_loopback",
    "name_of",
    "origin_of",
    "refuse_ambiguous",
    "usual_file",
]
