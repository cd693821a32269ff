"""Parameters of a package: what each may be (a small part of JSON Schema), and a municipality's values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dhis2cfg.catalogue.types import Shape
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.fleet import PackageChoice
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Atom
from dhis2cfg.resolve.nodes import (
    Mistyped,
    did_you_mean,
    entries_of,
    items_of,
    mapping_of,
    text_of,
    typed,
)

KINDS = {
    "string": Shape.TEXT,
    "integer": Shape.INTEGER,
    "number": Shape.NUMBER,
    "boolean": Shape.BOOLEAN,
}
LIMITS = ("minimum", "maximum", "minLength", "maxLength")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One value of a parameter: typed, and as written."""

    value: Atom
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What `package.yaml` says of one parameter; without `default` a municipality has to give the value."""

    name: str
    kind: str
    place: Place
    default: Setting | None = None
    limits: Mapping[str, float] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    title: str = ""
    description: str = ""


def read_parameters(node: tree.Node | None) -> tuple[Mapping[str, Parameter], tuple[Finding, ...]]:
    """The parameters of a package; a default that breaks its own schema is a finding."""
    read = [_read(entry) for entry in entries_of(node)]
    found = [finding for _, findings in read for finding in findings]
    return {parameter.name: parameter for parameter, _ in read}, tuple(found)


def _read(entry: tree.Entry) -> tuple[Parameter, tuple[Finding, ...]]:
    schema = mapping_of(entry.value)
    get = schema.get if schema else _nothing
    limits = {name: float(text) for name in LIMITS if (text := text_of(get(name))) and _is_number(text)}
    parameter = Parameter(
        name=entry.key,
        kind=text_of(get("type")) or "string",
        place=entry.key_place,
        limits=limits,
        choices=tuple(text for item in items_of(get("enum")) if (text := text_of(item)) is not None),
        title=text_of(get("title")) or "",
        description=text_of(get("description")) or "",
    )
    default = get("default")
    written = text_of(default)
    if default is None or written is None:
        return parameter, ()
    setting = check(parameter, written)
    if isinstance(setting, Setting):
        return replace(parameter, default=setting), ()
    finding = Finding(
        rule="parameter-value",
        message=f"the default of parameter {entry.key} breaks its own schema",
        place=default.place,
        label=setting.wanted,
        following="change the default or the schema",
    )
    return replace(parameter, default=Setting(value=written, text=written)), (finding,)


def _nothing(_name: str) -> tree.Node | None:
    return None


def _is_number(text: str) -> bool:
    return not isinstance(typed(text, Shape.NUMBER), Mistyped)


def check(parameter: Parameter, text: str) -> Setting | Mistyped:
    """A written value as the parameter takes it, or what it should have been."""
    value = typed(text, KINDS.get(parameter.kind, Shape.TEXT))
    if isinstance(value, Mistyped):
        return value
    if parameter.choices and text not in parameter.choices:
        return Mistyped(f"one of {', '.join(parameter.choices)}")
    is_text = isinstance(value, str)
    size = len(value) if isinstance(value, str) else value
    low = parameter.limits.get("minLength" if is_text else "minimum")
    high = parameter.limits.get("maxLength" if is_text else "maximum")
    unit = " characters" if is_text else ""
    if low is not None and isinstance(size, int | float) and size < low:
        return Mistyped(f"at least {low:g}{unit}")
    if high is not None and isinstance(size, int | float) and size > high:
        return Mistyped(f"at most {high:g}{unit}")
    return Setting(value=value, text=text)


def settings_for(
    package: str, parameters: Mapping[str, Parameter], choice: PackageChoice | None
) -> tuple[Mapping[str, Setting], tuple[Finding, ...]]:
    """The value of every parameter: the municipality's, else the default; what does not fit is a finding.

    Without a municipality (`choice` None) a parameter that has no default stands for an example of its type.
    """
    settings = {name: each.default for name, each in parameters.items() if each.default is not None}
    findings: list[Finding] = []
    given = choice.parameters if choice else {}
    for name, value in given.items():
        place = (choice.parameter_places.get(name) or choice.place) if choice else Place(file="")
        if name not in parameters:
            findings.append(_unknown(package, name, place, parameters))
            continue
        text = _written(value)
        setting = check(parameters[name], text)
        if isinstance(setting, Mistyped):
            findings.append(_unfit(parameters[name], text, setting, place))
        else:
            settings[name] = setting
    missing = [each for name, each in parameters.items() if name not in settings and name not in given]
    if choice is not None:
        findings += [_missing(package, each, choice) for each in missing]
    settings |= {each.name: _example(each) for each in parameters.values() if each.name not in settings}
    return settings, tuple(findings)


def _written(value: Atom) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _example(parameter: Parameter) -> Setting:
    """A value of the type, so that the rest of the package can be looked at."""
    low = parameter.limits.get("minimum", 0)
    text = {"integer": f"{low:.0f}", "number": f"{low:g}", "boolean": "false"}.get(parameter.kind, "")
    text = next(iter(parameter.choices), text)
    value = typed(text, KINDS.get(parameter.kind, Shape.TEXT))
    return Setting(value=None if isinstance(value, Mistyped) else value, text=text)


def _unknown(package: str, name: str, place: Place, known: Mapping[str, Parameter]) -> Finding:
    places = {each.name: each.place for each in known.values()}
    return Finding(
        rule="undefined-parameter",
        message=f"package {package} has no parameter {name}",
        place=place,
        label="no parameter of the package has this name",
        following=did_you_mean(name, places) or f"it has {', '.join(known) or 'none'}",
    )


def _unfit(parameter: Parameter, text: str, wanted: Mistyped, place: Place) -> Finding:
    return Finding(
        rule="parameter-value",
        message=f"'{text}' is no value for parameter {parameter.name}",
        place=place,
        label=f"wanted: {wanted.wanted}",
        following=parameter.description,
        related=(Related(message="defined here", place=parameter.place),),
    )


def _missing(package: str, parameter: Parameter, choice: PackageChoice) -> Finding:
    return Finding(
        rule="parameter-value",
        message=f"parameter {parameter.name} of {package} has no default and no value here",
        place=choice.place,
        label=f"packages: {{{package}: {{parameters: {{{parameter.name}: …}}}}}}",
        following=parameter.description or "give it a value, or a default in package.yaml",
        related=(Related(message="defined here", place=parameter.place),),
    )


def unused(parameters: Mapping[str, Parameter], used: Iterable[str], package: str) -> tuple[Finding, ...]:
    """Parameters that nothing in the package uses."""
    names = set(used)
    return tuple(
        Finding(
            rule="unused-parameter",
            message=f"nothing in {package} uses parameter {each.name}",
            place=each.place,
            label="defined, and never used",
            following=f"use it with !var {each.name} or {{{{{each.name}}}}} in !tpl, or take it out",
        )
        for each in parameters.values()
        if each.name not in names
    )
