"""What may stand where: uses in, tables of functions, items, variables and types out.

`uses` says where an expression stands, `values` what types there are, `functions` `allowed` and `messages`
what each context has and since which patch release, `arithmetic` how each language computes.
"""

from dhis2cfg.expressions.vocabulary.uses import Use, use_of
from dhis2cfg.expressions.vocabulary.values import Judged, Names, Type, type_of_value_type

__all__ = ["Judged", "Names", "Type", "Use", "type_of_value_type", "use_of"]
