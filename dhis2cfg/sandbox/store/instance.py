"""One server: its version, its database, and what it remembers between requests."""

import threading
from dataclasses import dataclass, field

from dhis2cfg.sandbox.store.database import Database
from dhis2cfg.sandbox.world.world import World


@dataclass(kw_only=True)
class Instance:
    """`names` caches names of groups and users, `logins` cookies, `known` credentials that were good."""

    world: World
    database: Database
    url: str = "http://sandbox"
    names: dict[str, str] = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, dict[str, object]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def system_id(self) -> str:
        """An identity of the database, kept with it."""
        return self.database.identity()

    @property
    def version(self) -> str:
        """The full version, `2.42.5.2`."""
        return self.world.catalogue.revision
