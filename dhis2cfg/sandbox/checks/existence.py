"""What a strategy asks of the object's existence (E5000, E5001)."""

from dhis2cfg.sandbox.checks.bundle import Bundle, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem


def check_is_new(_bundle: Bundle, part: Part) -> Found:
    """CREATE: nothing of this UID may stand there."""
    for item in part.items:
        if item.before is not None:
            label = part.label(item)
            yield (
                item,
                [
                    Problem(
                        code="E5000",
                        message=(
                            "Found matching object for reference, but import mode is CREATE. "
                            f"Identifier was UID, and object was {label}."
                        ),
                        klass=part.kind.klass,
                        properties=("UID", label),
                        more={"mainId": item.uid},
                    )
                ],
            )


def check_is_there(bundle: Bundle, part: Part) -> Found:
    """UPDATE and DELETE: the object must stand there."""
    more = {} if bundle.parameters.strategy == "DELETE" else {"errorProperty": "id"}
    for item in part.items:
        if item.before is None:
            label = part.label(item)
            yield (
                item,
                [
                    Problem(
                        code="E5001",
                        message=(
                            f"No matching object for reference. Identifier was UID, and object was {label}."
                        ),
                        klass=part.kind.klass,
                        properties=("UID", label),
                        more={"mainId": item.uid, **more},
                    )
                ],
            )
