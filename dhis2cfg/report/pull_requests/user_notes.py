"""What users will see, group by group, in the package's language and in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dhis2cfg.model.diff import Diff, PackageDiff
from dhis2cfg.model.plan import Change, Kind, Risk
from dhis2cfg.report.diffs.rows import moved_members, without_echoes
from dhis2cfg.report.plans.blocks import grouped
from dhis2cfg.report.plans.fields import parsed
from dhis2cfg.report.pull_requests.markdown import as_markdown, escaped
from dhis2cfg.report.sentences.spans import Phrase, Span, Style, named, say

Words: TypeAlias = Mapping[str, str]
ENGLISH: Words = {
    "title": "What is new in {title} {version}",
    "everybody": "Everybody",
    "nothing": "Nothing changes for those who use it.",
    "must": "{thing} must be filled in.",
    "may": "{thing} need not be filled in any more.",
    "comes": "New: {thing}.",
    "goes": "{thing} is no longer there.",
    "called": "{before} is now called {after}.",
    "text": "The text of {thing} has changed.",
    "order": "The order in {thing} has changed.",
    "moves": "{thing} is now in {after}.",
    "rule": "{thing} works in another way.",
    "more": "{thing}: may do more than before.",
    "less": "{thing}: may do less than before.",
    "answers": "{thing} is answered in another way.",
    "form": "{thing} has changed.",
}
NORWEGIAN: Words = {
    "title": "Nytt i {title} {version}",
    "everybody": "Alle",
    "nothing": "Ingenting endres for dem som bruker løsningen.",
    "must": "{thing} må fylles ut.",
    "may": "{thing} må ikke lenger fylles ut.",
    "comes": "Nytt: {thing}.",
    "goes": "{thing} er ikke lenger med.",
    "called": "{before} heter nå {after}.",
    "text": "Teksten til {thing} er endret.",
    "order": "Rekkefølgen i {thing} er endret.",
    "moves": "{thing} står nå i {after}.",
    "rule": "{thing} virker på en annen måte.",
    "more": "{thing}: kan gjøre mer enn før.",
    "less": "{thing}: kan gjøre mindre enn før.",
    "answers": "{thing} besvares på en annen måte.",
    "form": "{thing} er endret.",
}
LANGUAGES: Mapping[str, Words] = {"nb": NORWEGIAN, "no": NORWEGIAN, "en": ENGLISH}
"""Languages that the sentences are written in; packages in another one are told in English."""
SEEN = frozenset({"name", "formName", "shortName", "description", "content", "displayFormName"})
FORM = frozenset({"programStageDataElements", "programTrackedEntityAttributes", "dataSetElements", "options"})
LOGIC = frozenset({"programRules", "programRuleActions", "programRuleVariables"})
VISIBLE = frozenset(
    {
        "dashboards",
        "dataElements",
        "dataSets",
        "maps",
        "optionSets",
        "options",
        "programRules",
        "programSections",
        "programStageSections",
        "programStages",
        "programs",
        "sections",
        "trackedEntityAttributes",
        "trackedEntityTypes",
        "visualizations",
    }
)
"""Types of which somebody who registers sees something."""


def notes_markdown(diff: Diff) -> str:
    """A page for each package, what a group of users will see below the group's name."""
    pages = [page for package in diff.packages if package.items and (page := _page(package))]
    return "\n".join(pages) if pages else f"{ENGLISH['nothing']}\n"


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence and for whom it is."""

    groups: tuple[str, ...]
    phrase: Phrase


def _page(package: PackageDiff) -> str:
    words = LANGUAGES.get(package.locale, ENGLISH)
    lines = list(_lines(package, words))
    if not package.after:
        return ""
    title = words["title"].format(
        title=escaped(package.title or package.name), version=escaped(package.after)
    )
    told = [f"## {title}", ""]
    if not lines:
        return "\n".join([*told, words["nothing"], ""])
    for several in grouped(lines, lambda line: line.groups):
        heads = ", ".join(map(escaped, several[0].groups)) or words["everybody"]
        sentences = dict.fromkeys(as_markdown(line.phrase) for line in several)
        told += [f"### {heads}", "", *(f"- {each}" for each in sentences), ""]
    return "\n".join(told)


def _lines(package: PackageDiff, words: Words) -> Iterator[_Line]:
    affected = {item.change.identity: item.affected for item in package.items}
    changes = without_echoes([item.change for item in package.items], package.locale)
    rest, moves = moved_members(changes)
    for _, new in moves:
        groups = affected[new.identity].groups or ()
        yield _Line(groups=groups, phrase=_filled(words["moves"], thing=new.label, after=new.title))
    for change in rest:
        if change.inside:
            continue
        if change.type in ("userRoles", "userGroups") or change.field.startswith("sharing"):
            yield from _rights(change, words)
        else:
            phrase = _sentence(change, words)
            if phrase:
                yield _Line(groups=affected[change.identity].groups or (), phrase=phrase)


def _sentence(change: Change, words: Words) -> Phrase:
    """What somebody sees of one change; empty where nothing can be seen."""
    if change.type not in VISIBLE:
        return ()
    if not change.field:
        return _whole(change, words)
    field = parsed(change.field)
    if field.is_order:
        return _filled(words["order"], thing=change.title)
    if field.rest in ("compulsory", "mandatory"):
        name = change.label.rpartition(":")[0] or change.label
        return _filled(words["must" if change.after is True else "may"], thing=name)
    if field.key is not None and not field.rest:
        return _member(change, field.property, words)
    return _value(change, field.property, words)


def _rights(change: Change, words: Words) -> Iterator[_Line]:
    """Who may do more or less: told to those whom it is about."""
    field = parsed(change.field)
    if change.type == "userRoles" and field.property == "authorities":
        who, is_more = change.title, change.after is not None
    elif field.property == "sharing" and change.label.startswith("access of "):
        who = change.label.removeprefix("access of ")
        is_more = _width(change.after) >= _width(change.before)
    else:
        return
    yield _Line(groups=(who,), phrase=_filled(words["more" if is_more else "less"], thing=who))


def _width(access: object) -> int:
    return len(str(access or "").replace("-", ""))


def _whole(change: Change, words: Words) -> Phrase:
    stays = change.kind is Kind.DELETE and change.risk is Risk.DESTRUCTIVE
    if change.kind not in (Kind.CREATE, Kind.DELETE) or change.type in ("options", "optionSets") or stays:
        return ()
    return _filled(words["comes" if change.kind is Kind.CREATE else "goes"], thing=change.title)


def _member(change: Change, collection: str, words: Words) -> Phrase:
    if collection == "translations":
        return ()
    if collection in FORM:
        return _filled(words["goes" if change.after is None else "comes"], thing=change.label)
    if collection == "dataElements" and change.after is not None:
        return _filled(words["moves"], thing=change.label, after=change.title)
    return ()


def _value(change: Change, name: str, words: Words) -> Phrase:
    if name in ("name", "formName") and isinstance(change.before, str) and isinstance(change.after, str):
        return _filled(words["called"], before=change.before, after=change.after)
    if change.type in LOGIC:
        return _filled(words["rule"], thing=change.title)
    if name in SEEN:
        return _filled(words["text"], thing=change.title)
    if name in ("valueType", "optionSet"):
        return _filled(words["answers"], thing=change.title)
    return _filled(words["form"], thing=change.title) if change.type in ("programs", "programStages") else ()


def _filled(sentence: str, **things: str) -> Phrase:
    """A sentence of ours with names in it."""
    told: list[Span] = []
    rest = sentence
    while "{" in rest:
        before, _, behind = rest.partition("{")
        name, _, rest = behind.partition("}")
        told += [Span(before), named(things[name])]
    return say(*told, Span(rest, Style.PLAIN))
