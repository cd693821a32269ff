"""What a value refers to, at any depth."""

from collections.abc import Iterator

from dhis2cfg.model.names import Foreign, Ref, Reference, ServerDefault, Username
from dhis2cfg.model.state import Attributes, Child, Formula, Once, Sharing, Text, Value


def mentioned(value: Value | str) -> Iterator[Reference]:
    """Every reference that a value makes, in texts and children too, once or more."""
    waiting: list[Value | str] = [value]
    while waiting:
        match waiting.pop():
            case (Ref() | Foreign() | ServerDefault() | Username()) as reference:
                yield reference
            case tuple() as items:
                waiting += reversed(items)
            case Child(fields=fields):
                waiting += [field.value for field in fields.values()]
            case Formula(parts=parts):
                waiting += reversed(parts)
            case Text(base=base, locales=locales):
                waiting += [base, *locales.values()]
            case Sharing(user_groups=groups, users=users):
                yield from (*groups, *users)
            case Attributes(values=values):
                yield from values
            case Once(value=inner):
                waiting.append(inner)
            case _:
                continue
