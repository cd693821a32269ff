"""`!csv FILE` and `!file FILE` → what stands in the file, so that later stages never meet these tags."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from dhis2cfg.load.text.opening import Opener, inside, open_binary, read_text, shown
from dhis2cfg.load.text.tables import read_table
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.tree import Mapping, Node, Scalar, Sequence, Tagged


@dataclass(slots=True, kw_only=True)
class Includes:
    """Where files are looked for, and what was gathered on the way: findings, and texts by file."""

    root: Path
    folder: Path
    opener: Opener = open_binary
    findings: list[Finding] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def read(self, node: Mapping, beside: Path) -> Mapping:
        """The mapping with both tags replaced; `beside` is the file it is written in."""
        entries = (replace(entry, value=self._node(entry.value, beside)) for entry in node.entries)
        return replace(node, entries=tuple(entries))

    def _node(self, node: Node, beside: Path) -> Node:
        if isinstance(node, Mapping):
            return self.read(node, beside)
        if isinstance(node, Sequence):
            return replace(node, items=tuple(self._node(item, beside) for item in node.items))
        if not isinstance(node, Tagged):
            return node
        make = _MAKERS.get(node.tag)
        if make is None:
            return replace(node, value=self._node(node.value, beside))
        if not isinstance(node.value, Scalar) or not node.value.text:
            return node
        return self._included(node, node.value, beside, make)

    def _included(self, tagged: Tagged, name: Scalar, beside: Path, make: "_Maker") -> Node:
        """What the file holds; where it cannot be read, the tag stays and a finding says why."""
        path = inside(self.folder, beside, name.text, name.place)
        if isinstance(path, Finding):
            self.findings.append(path)
            return tagged
        file = shown(path, self.root)
        text = read_text(path, file, at=name.place, opener=self.opener)
        if isinstance(text, Finding):
            self.findings.append(text)
            return tagged
        self.texts[file] = text
        return make(self, text, file, name)


_Maker = Callable[[Includes, str, str, Scalar], Node]


def _table(includes: Includes, text: str, file: str, _name: Scalar) -> Node:
    node, findings = read_table(text, file)
    includes.findings.extend(findings)
    return node


def _text(_includes: Includes, text: str, _file: str, name: Scalar) -> Node:
    return Scalar(value=text, text=text, place=name.place, plain=False, multiline=True)


_MAKERS: dict[str, _Maker] = {"!csv": _table, "!file": _text}
