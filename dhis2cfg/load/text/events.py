"""YAML text → tree: the parser's events, each with its place, before any type is known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

import yaml

from dhis2cfg.load.text import comments, syntax
from dhis2cfg.load.text.dialect import Event, Kind, events
from dhis2cfg.load.text.spots import Spots
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document, Entry, Mapping, Node, Scalar, Sequence, Tagged

TAGS = ("!var", "!tpl", "!once", "!keep", "!secret", "!csv", "!file", "!raw")
"""Our tags (grammar.md, Values); every other one is a finding."""

NODES = 2_000_000
"""How many values one file may hold; a file of 16 MB that people write has half as many."""

MISTAKES = 100
"""How many mistakes of one file are said before reading it ends."""

GROWTH = 10
"""How many times larger than written a file may become by its aliases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchored:
    node: Node
    size: int
    height: int


class _Hopeless(Exception):
    """Reading this file further makes no sense; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def parse(text: str, file: str) -> tuple[Document, tuple[Finding, ...]]:
    """One file's text as an untyped tree; where YAML itself is broken there is no tree."""
    spots = Spots(text, file)
    builder = _Builder(spots, {})
    root = builder.document()
    traps = comments.traps(text) if comments.may_hide(text, builder.spans) else ()
    findings = tuple(comments.finding(trap, spots) for trap in traps)
    if traps:
        builder = _Builder(spots, {trap.end: trap.meant for trap in traps})
        root = builder.document()
    if builder.end is not None and not _follows(builder.end, findings):
        findings = (*findings, builder.end)
    return Document(file=file, root=root, text=text), (*findings, *builder.findings)


def _follows(end: Finding, traps: Iterable[Finding]) -> bool:
    """Whether broken YAML comes from a value that a comment has cut before."""
    return end.rule == "yaml-syntax" and any(trap.place.line <= end.place.line for trap in traps)


class _Builder:
    """Walks the events of one file once; `mended` holds what was meant where a comment cuts a value.

    `end` says why it stopped early, `spans` are the offsets of the texts that hold `#{`.
    """

    def __init__(self, spots: Spots, mended: dict[int, str]) -> None:
        self.findings: list[Finding] = []
        self.end: Finding | None = None
        self.spans: list[tuple[int, int]] = []
        self._spots = spots
        self._mended = mended
        self._anchors: dict[str, _Anchored] = {}
        self._events = events(spots.text)
        self._written = 0
        self._grown = 0
        self._deepest = 0

    def document(self) -> Mapping | None:
        """The mapping that the file is, None for a file without content or beyond reading."""
        try:
            return self._document()
        except yaml.YAMLError as error:
            self.end = syntax.finding(error, self._spots)
        except _Hopeless as hopeless:
            self.end = hopeless.finding
        return None

    def _document(self) -> Mapping | None:
        root: Node | None = None
        for beginning in self._events:
            if root is not None:
                message = "a second document begins here"
                self._add("second-document", message, self._place(beginning), "one file, one document")
                break
            root = self._node(next(self._events), 1)
        if self._grown >= GROWTH * self._written > 0:
            raise _Hopeless(self._too_large())
        if root is None or (isinstance(root, Scalar) and root.value is None):
            return None
        if isinstance(root, Mapping):
            return root
        self._add(
            "not-a-mapping", "a file is a mapping of keys to values", root.place, "begin with `key: value`"
        )
        return None

    def _node(self, event: Event, depth: int) -> Node:
        if event.kind is Kind.ALIAS:
            return self._alias(event, depth)
        if depth > syntax.LEVELS:
            raise _Hopeless(syntax.too_deep(self._place(event)))
        self._written += 1
        if self._written > NODES or len(self.findings) > MISTAKES:
            raise _Hopeless(self._too_much())
        before, deepest = self._grown, self._deepest
        self._grown += 1
        self._deepest = depth
        node = self._tagged(event, depth)
        if event.anchor:
            size, height = self._grown - before, self._deepest - depth
            self._anchors[event.anchor] = _Anchored(node=node, size=size, height=height)
        self._deepest = max(deepest, self._deepest)
        return node

    def _alias(self, event: Event, depth: int) -> Node:
        place = self._place(event)
        anchored = self._anchors.get(event.anchor)
        if anchored is None:
            self._add(
                "unknown-anchor", f"no anchor &{event.anchor} stands before this", place, "write it out"
            )
            return Scalar(value=None, text="", place=place)
        if depth + anchored.height > syntax.LEVELS:
            raise _Hopeless(syntax.too_deep(place))
        self._grown += anchored.size
        self._deepest = max(self._deepest, depth + anchored.height)
        return anchored.node

    def _tagged(self, event: Event, depth: int) -> Node:
        node = self._bare(event, depth)
        tag = event.tag
        if not tag:
            return node
        start = event.start
        if tag in TAGS:
            place = self._spots.at(start, start + len(tag))
            return Tagged(tag=tag, value=node, place=place)
        near = get_close_matches(tag, TAGS, n=1)
        written = self._spots.text[start:].split(None, 1)[0]
        self._add(
            "unknown-tag",
            f"{written} is not a tag of dhis2cfg",
            self._spots.at(start, start + len(written)),
            f"did you mean {near[0]}?" if near else f"the tags are {' '.join(TAGS)}",
        )
        return replace(node, unread=True) if isinstance(node, Scalar) else node

    def _bare(self, event: Event, depth: int) -> Node:
        if event.kind is Kind.SCALAR:
            return self._scalar(event)
        if event.kind is Kind.SEQUENCE:
            items: list[Node] = []
            while (inner := next(self._events)).kind is not Kind.END:
                items.append(self._node(inner, depth + 1))
            return Sequence(items=tuple(items), place=self._content_place(event, inner))
        entries: dict[str, Entry] = {}
        while (inner := next(self._events)).kind is not Kind.END:
            self._entry(inner, depth, entries)
        return Mapping(entries=tuple(entries.values()), place=self._content_place(event, inner))

    def _entry(self, event: Event, depth: int, entries: dict[str, Entry]) -> None:
        """One key and its value, kept unless the key is none or stands there already."""
        key = self._node(event, depth + 1)
        value = self._node(next(self._events), depth + 1)
        if not isinstance(key, Scalar):
            self._add("key-not-text", "a key is a plain text", key.place, "put quotes around the key")
        elif key.plain and key.text == "<<":
            following = "write the entries out, or use `defaults:` in package.yaml"
            self._add("merge-key", "merge keys are not read", key.place, following)
        elif key.plain and not key.text:
            self.findings.append(syntax.empty_key(key.place))
        elif (first := entries.get(key.text)) is not None:
            self._duplicate(key, first)
        else:
            entries[key.text] = Entry(key=key.text, key_place=key.place, value=value)

    def _duplicate(self, key: Scalar, first: Entry) -> None:
        self.findings.append(
            Finding(
                rule="duplicate-key",
                message=f"{key.text} stands here twice",
                place=key.place,
                following="keep one of the two",
                related=(Related(message="first written here", place=first.key_place),),
            )
        )

    def _scalar(self, event: Event) -> Scalar:
        start, end = event.start, event.end
        if event.tag or event.anchor:
            start = self._spots.after_properties(start, end)
        style = event.style
        if style in ("'", '"'):
            start, end = start + 1, end - 1
        plain = not style
        text = self._mended.get(end, event.text) if plain else event.text
        if "#{" in event.text:
            self.spans.append((event.start, event.end))
        return Scalar(
            value=None if plain and text in ("", "~", "null") else text,
            text=text,
            place=self._spots.at(start, end),
            plain=plain,
            multiline=self._spots.text[start:end] != text,
        )

    def _place(self, event: Event) -> Place:
        return self._spots.at(event.start, event.end)

    def _content_place(self, event: Event, last: Event) -> Place:
        start = self._spots.after_properties(event.start, last.end)
        return self._spots.at(start, last.end)

    def _add(self, rule: str, message: str, place: Place, following: str) -> None:
        self.findings.append(Finding(rule=rule, message=message, place=place, following=following))

    def _too_much(self) -> Finding:
        rule, message = "too-many-mistakes", f"this file has more than {MISTAKES} mistakes"
        if self._written > NODES:
            rule, message = "too-large", f"this file has more than {NODES} values"
        following = "the rest is not read; begin with the ones above"
        return Finding(rule=rule, message=message, place=self._spots.at(0), following=following)

    def _too_large(self) -> Finding:
        return Finding(
            rule="anchors-explode",
            message=f"the aliases of this file make it {self._grown // self._written} times as large",
            place=self._spots.at(0),
            following="write the repetition as for_each, or in a CSV file",
        )
