"""The functions of each use: arguments, results, and the versions that have them (expressions facts §8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dhis2cfg.expressions.contexts import Context
from dhis2cfg.expressions.vocabulary.values import Type

_N, _T, _B, _D, _ANY = Type.NUMBER, Type.TEXT, Type.BOOLEAN, Type.DATE, Type.ANY


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """`least` to `most` arguments (None: no end) of the types `takes`, the last of which repeats.

    `openers`: the first argument must be an item of these kinds (`quoted`: a variable's name in quotes too).
    """

    name: str
    takes: tuple[Type, ...]
    gives: Type
    least: int
    most: int | None
    openers: frozenset[str] = frozenset()

    def wants(self, number: int) -> Type:
        """The type of an argument, by its number from 0."""
        return self.takes[min(number, len(self.takes) - 1)] if self.takes else _ANY


def _row(
    names: str,
    takes: Iterable[Type],
    gives: Type,
    most: int | None = -1,
    *,
    least: int | None = None,
    openers: str = "",
) -> tuple[Function, ...]:
    types = tuple(takes)
    count = len(types)
    return tuple(
        Function(
            name=name,
            takes=types,
            gives=gives,
            least=count if least is None else least,
            most=count if most == -1 else most,
            openers=frozenset(openers.split()),
        )
        for name in names.split()
    )


def _table(*rows: tuple[Function, ...]) -> dict[str, Function]:
    return {function.name: function for row in rows for function in row}


_BETWEEN = "d2:daysBetween d2:monthsBetween d2:weeksBetween d2:yearsBetween"
_COMMON = _table(
    _row("if", (_B, _ANY, _ANY), _ANY),
    _row("isNull isNotNull", (_ANY,), _B),
    _row("firstNonNull", (_ANY,), _ANY, None),
    _row("greatest least", (_N,), _N, None),
    _row("log", (_N,), _N, 2),
    _row("log10 removeZeros", (_N,), _N),
    _row("contains containsItems", (_T, _T), _B, None),
    _row("is", (_ANY, _ANY), _B, None),
)
_UNITS = _table(_row("orgUnit.ancestor orgUnit.dataSet orgUnit.group orgUnit.program", (_ANY,), _B, None))
_SAMPLES = _table(
    _row("avg sum count min max median stddev stddevPop stddevSamp", (_N,), _N),
    _row("percentileCont", (_N, _N), _N),
    _row("normDistCum normDistDen", (_N, _N, _N), _N, least=1),
)
_INDICATOR = _table(_row("subExpression", (_ANY,), _ANY))
_PROGRAM_INDICATOR = _table(
    _row("avg sum count min max stddev variance", (_N,), _N),
    _row("d2:condition", (_T, _ANY, _ANY), _ANY),
    _row("d2:count", (_ANY,), _N, openers="#"),
    _row("d2:countIfValue", (_ANY, _ANY), _N, openers="#"),
    _row("d2:countIfCondition", (_N, _T), _N, openers="#"),
    _row("d2:hasValue", (_ANY,), _B, openers="# A V"),
    _row("d2:maxValue d2:minValue", (_ANY,), _ANY, openers="# A V PS_EVENTDATE"),
    _row("d2:oizp d2:zing", (_N,), _N),
    _row("d2:zpvc", (_N,), _N, None),
    _row("d2:relationshipCount", (_T,), _N, least=0),
    _row(f"{_BETWEEN} d2:minutesBetween", (_D, _D), _N),
)
_ITEMS = "# A V quoted"
_RULE = _table(
    _row("d2:addDays", (_D, _N), _D),
    _row("d2:ceil d2:floor d2:oizp d2:zing", (_N,), _N),
    _row("d2:round", (_N, _N), _N, least=1),
    _row("d2:modulus", (_N, _N), _N),
    _row("d2:zpvc", (_N,), _N, None),
    _row("d2:concatenate", (_T,), _T, None),
    _row("d2:condition", (_T, _ANY, _ANY), _ANY),
    _row("d2:contains d2:containsItems", (_T, _T), _B, None),
    _row("d2:count d2:countIfZeroPos", (_ANY,), _N, openers=_ITEMS),
    _row("d2:maxValue d2:minValue", (_ANY,), _N, openers=_ITEMS),
    _row("d2:countIfValue", (_ANY, _ANY), _N, openers=_ITEMS),
    _row("d2:hasValue", (_ANY,), _B, openers=_ITEMS),
    _row("d2:lastEventDate", (_ANY,), _D, openers="quoted"),
    _row("d2:extractDataMatrixValue", (_T, _T), _T),
    _row("d2:hasUserRole d2:inOrgUnitGroup", (_T,), _B),
    _row("d2:inUserGroup", (_T,), _B),
    _row("d2:left d2:right", (_T, _N), _T),
    _row("d2:length", (_T,), _N),
    _row("d2:split", (_T, _T, _N), _T),
    _row("d2:substring", (_T, _N, _N), _T),
    _row("d2:validatePattern", (_T, _T), _B),
    _row("d2:zScoreHFA d2:zScoreWFA d2:zScoreWFH", (_N, _N, _T), _N),
    _row(f"{_BETWEEN} d2:minutesBetween", (_D, _D), _N),
)
_SINCE: Mapping[str, Mapping[str, str]] = {
    "d2:inUserGroup": {"2.41": "2.41.9", "2.42": "2.42.4"},
    "d2:minutesBetween": {"2.41": "2.41.9", "2.42": "2.42.5", "2.43": "2.43.1"},
}
"""Rule functions that came with a patch release (expressions facts §2)."""
_FUNCTIONS: Mapping[Context, Mapping[str, Function]] = {
    Context.INDICATOR: {**_COMMON, **_INDICATOR},
    Context.VALIDATION_RULE: {**_COMMON, **_UNITS},
    Context.PREDICTOR: {**_COMMON, **_UNITS, **_SAMPLES},
    Context.PROGRAM_INDICATOR: {**_COMMON, **_PROGRAM_INDICATOR},
    Context.RULE: _RULE,
}
CONTEXTS = tuple(_FUNCTIONS)
"""The contexts that have functions."""


def functions_of(context: Context) -> Mapping[str, Function]:
    """The functions that a context has in some supported version, by name."""
    return _FUNCTIONS[context]


def first_patch(context: Context, name: str, version: str) -> str:
    """The patch release of a version's line in which a function came; empty where all have it."""
    if context is not Context.RULE:
        return ""
    return _SINCE.get(name, {}).get(".".join(version.split(".")[:2]), "")


def is_older(version: str, than: str) -> bool:
    """Whether a full version (`2.42.4`) is older; one without a patch (`2.42`) is not known to be."""
    own = version.partition("-")[0].split(".")
    return len(own) > 2 and [int(part) for part in own] < [int(part) for part in than.split(".")]  # noqa: PLR2004 - 2.xx
