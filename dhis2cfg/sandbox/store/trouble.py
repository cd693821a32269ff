"""What ends a call without a report: a database that says no, a server that stumbles."""


class Trouble(Exception):
    """The whole call is undone and answered with this status and message only."""

    def __init__(self, status: int, message: str | None, code: str = "") -> None:
        super().__init__(message or "")
        self.status = status
        self.message = message
        self.code = code


def duplicate_key(constraint: str, key: str, value: str) -> Trouble:
    """What PostgreSQL says when a value must be unique and is not."""
    return Trouble(
        409,
        f'ERROR: duplicate key value violates unique constraint "{constraint}"\n'
        f"  Detail: Key ({key})=({value}) already exists.",
    )


def not_null(klass: str, name: str) -> Trouble:
    """What Hibernate says when a column must hold something and does not."""
    return Trouble(
        409,
        "org.hibernate.PropertyValueException: not-null property references a null or transient value : "
        f"{klass}.{name}",
    )
