"""Why a run cannot go on; problems in the user's files are findings, not exceptions.

Dhis2cfgError                    exit 1: what failed, where, what next
├── UsageError                   64: the command line cannot be meant like this
├── FilesRefused                  3: the files have errors (carries the findings)
├── NotSupported                  4: "not supported yet: …", said before any write
├── Unsafe                        4: refused until allowed
├── StalePlan                     6: the server or the files moved on since the plan
├── Locked                        7: somebody else is at work on the server
├── Unreachable                   8: no answer, or not one of DHIS2's
│   ├── NeverSent                 8: no connection was made, so nothing can have been written
│   │   └── CertificateRefused    8: the certificate is not one that this machine trusts
│   └── CredentialsRefused        8: nobody may sign in with what is there
├── ServerRefused                 1: DHIS2 said no (carries its report)
└── StandsBetween                 9: the server is neither old nor new
"""

from enum import IntEnum
from typing import ClassVar


class Exit(IntEnum):
    """The exit codes of design §8; the code never depends on the format of the output."""

    FINE = 0
    FAILED = 1
    CHANGES = 2
    FILES = 3
    UNSAFE = 4
    MIXED = 5
    STALE = 6
    LOCKED = 7
    UNREACHABLE = 8
    BETWEEN = 9
    USAGE = 64
    INTERRUPTED = 130


class Dhis2cfgError(Exception):
    """What stops a run: `what` in one sentence, `details` where and why, `following` what to do next."""

    exit: ClassVar[Exit] = Exit.FAILED

    def __init__(self, what: str, *, details: tuple[str, ...] = (), following: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.details = details
        self.following = following


class UsageError(Dhis2cfgError):
    """The command line cannot be meant like this."""

    exit = Exit.USAGE


class FilesRefused(Dhis2cfgError):
    """The user's files have errors; the findings were, or are to be, shown."""

    exit = Exit.FILES


class NotSupported(Dhis2cfgError):
    """Something that is not built yet, refused by name before any write."""

    exit = Exit.UNSAFE

    def __init__(self, what: str, *, details: tuple[str, ...] = (), following: tuple[str, ...] = ()) -> None:
        super().__init__(f"not supported yet: {what}", details=details, following=following)


class Unsafe(Dhis2cfgError):
    """A plan that may not be applied until somebody allows what it does."""

    exit = Exit.UNSAFE


class StalePlan(Dhis2cfgError):
    """The files, the record or the server are no longer what the plan was made of."""

    exit = Exit.STALE


class Locked(Dhis2cfgError):
    """Another run holds the lock of this server."""

    exit = Exit.LOCKED


class Unreachable(Dhis2cfgError):
    """The server did not answer, or what answered was not DHIS2."""

    exit = Exit.UNREACHABLE


class NeverSent(Unreachable):
    """No connection was made: the request never left, so nothing can have been written."""


class CertificateRefused(NeverSent):
    """The server's certificate is not one that this machine trusts; asking again would not help."""


class CredentialsRefused(Unreachable):
    """There are no credentials for this origin, or the server refused them."""


class ServerRefused(Dhis2cfgError):
    """DHIS2 refused a call; nothing of that call stands."""


class StandsBetween(Dhis2cfgError):
    """A server holds part of a plan: neither the old state nor the new one."""

    exit = Exit.BETWEEN
