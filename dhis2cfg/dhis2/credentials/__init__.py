"""Who signs in where: an origin, the environment, the user's file in; `Credentials` for that origin out."""

from dhis2cfg.dhis2.credentials.finding import Credentials, find
from dhis2cfg.dhis2.credentials.origins import is_loopback, name_of, origin_of, refuse_ambiguous
from dhis2cfg.dhis2.credentials.user_file import usual_file

__all__ = ["Credentials", "find", "is_loopback", "name_of", "origin_of", "refuse_ambiguous", "usual_file"]
