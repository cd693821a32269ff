"""Which types' objects may stand for one another."""

from dhis2cfg.catalogue.oddities import NESTED, is_scoped


def is_adoptable(type_name: str) -> bool:
    """Whether an object of the server can stand for one of ours: it holds no parts of its own but options.

    Stages, sections or rules of two programs have nothing by which they could be told apart.
    """
    with_parts = any(row.scoped and row.parent == type_name for row in NESTED)
    return type_name == "optionSets" or not (with_parts or is_scoped(type_name))
