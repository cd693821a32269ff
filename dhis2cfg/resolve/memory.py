"""What was worked out for one municipality and holds for others; made for one set of files, and then gone."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")


class Memory:
    """Values by what they depend on; a key may hold `id(…)` only of what the memory keeps alive itself."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, object] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made the first time it is asked for."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast(T, self._kept[key])
