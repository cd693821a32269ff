"""What of an object is compared and written, looked up once a property: the policy, remembered."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue import quirks
from dhis2cfg.catalogue.policy import policy
from dhis2cfg.catalogue.types import Catalogue, Policy, Property

_OURS = (Policy.OWNED, Policy.MERGED)


class Judge:
    """Answers for one catalogue; thousands of objects of a plan ask the same few hundred questions."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._known: dict[tuple[str, str], Property | None] = {}

    def ours(self, owner: str, name: str, wire: Mapping[str, Any]) -> Property | None:
        """The property of a type or embedded class, if it is owned or merged there; `wire` is the object."""
        key = (owner, name)
        if quirks.is_conditional(owner, name):
            return self._judged(owner, name, wire)
        if key not in self._known:
            self._known[key] = self._judged(owner, name, {})
        return self._known[key]

    def _judged(self, owner: str, name: str, wire: Mapping[str, Any]) -> Property | None:
        found = self.catalogue.property(owner, name)
        return found if found and policy(self.catalogue, owner, name, wire) in _OURS else None
