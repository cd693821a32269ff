"""Nested objects → the files of a package: one file for what is read together, none too long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dhis2cfg.catalogue.oddities import nested
from dhis2cfg.interchange.bundle import items, uid_of
from dhis2cfg.interchange.laying.nesting import OF_PROGRAMS, SLIM, Nest, file_name
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.pages import Behind, Page, TextPage, Yaml, YamlPage, in_order

TOGETHER = {
    "attributes": "metadata-attributes",
    "categories": "categories",
    "categoryCombos": "categories",
    "categoryOptionGroupSets": "categories",
    "categoryOptionGroups": "categories",
    "categoryOptions": "categories",
    "dataElementGroupSets": "data-element-groups",
    "indicatorGroupSets": "indicator-groups",
    "indicatorGroups": "indicator-groups",
    "indicatorTypes": "indicators",
    "organisationUnits": "org-units",
    "trackedEntityAttributes": "attributes",
    "trackedEntityTypes": "attributes",
    "userGroups": "groups",
    "userRoles": "roles",
    "validationRuleGroups": "validation-rules",
}
"""Types that stand in a file of another name than their own, or with others."""

SHOWN = {"visualization": "visualizations", "map": "maps", "eventVisualization": "eventVisualizations"}
"""What a dashboard's items show."""

LONGEST = 500
"""About how many lines a file may have before another one begins."""


@dataclass(slots=True, kw_only=True)
class Folder:
    """The pages of a package, by file; objects are added one by one."""

    nest: Nest
    pages: dict[str, dict[str, Yaml]] = field(default_factory=dict)
    texts: list[TextPage] = field(default_factory=list)
    _lines: dict[str, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def lay(self) -> tuple[Page, ...]:
        """All pages but `package.yaml`, translations and the lock."""
        rest = {uid for uid, _ in self._tops()}
        for uid in sorted(self.nest.bundle.of("programs"), key=self._path):
            self._program(uid)
        for uid in sorted(self.nest.bundle.of("dashboards"), key=self._path):
            self._dashboard(uid, rest)
        for uid, ref in self._tops():
            if uid in rest:
                self._simple(uid, ref)
        yaml = [YamlPage(file=file, content=content) for file, content in sorted(self.pages.items())]
        return (*yaml, *self.nest.tables, *self.texts)

    def _path(self, uid: Uid) -> str:
        return self.nest.keys.refs[uid].path

    def _tops(self) -> Iterator[tuple[Uid, Ref]]:
        """Objects that stand in no other, but programs and dashboards."""
        for uid, ref in sorted(self.nest.keys.refs.items(), key=lambda pair: pair[1]):
            if ref not in self.nest.keys.parents and ref.type not in ("programs", "dashboards"):
                yield uid, ref

    def _simple(self, uid: Uid, ref: Ref) -> None:
        written = self.nest.whole(uid)
        match ref.type:
            case "optionSets":
                is_slim = len(self.nest.members.get((uid, "options"), ())) <= SLIM
                self._add(
                    "option-sets/small" if is_slim else f"option-sets/{file_name(ref.path)}", ref, written
                )
            case "dataSets":
                self._add(f"data-sets/{file_name(ref.path)}", ref, written)
            case "dataEntryForms":
                self._form(ref, written)
                self._add("forms", ref, written)
            case _:
                self._add(TOGETHER.get(ref.type, kebab(ref.type)), ref, written)

    def _form(self, ref: Ref, written: dict[str, Yaml]) -> None:
        """The page of a form in a file of its own; not where a line break would be read as another."""
        html = written.get("htmlCode")
        if isinstance(html, str) and "\r" not in html and not html.startswith("\ufeff"):
            file = f"forms/{file_name(ref.path)}.html"
            self.texts.append(TextPage(file=file, text=html))
            written["htmlCode"] = Behind(tag="!file", text=file)

    def _program(self, uid: Uid) -> None:
        """A folder a program: itself, a file a stage, its rules, its indicators."""
        ref, nest = self.nest.keys.refs[uid], self.nest
        folder = f"programs/{file_name(ref.path)}"
        stages = nest.members.get((uid, "programStages"), [])
        is_apart = all(self._is_alone(stage) for stage in stages)
        without = (*OF_PROGRAMS, *(("programStages",) if is_apart else ()))
        written = nest.whole(uid, without=without)
        if is_apart and stages:
            written["programStages"] = [nest.keys.refs[stage].key for stage in stages]
            for stage in stages:
                below = nest.keys.refs[stage]
                self._put(
                    f"{folder}/stages/{file_name(below.path)}",
                    {
                        "programStages": {
                            below.key: in_order([("program", ref.path), *nest.whole(stage).items()])
                        }
                    },
                )
        self._put(f"{folder}/program", {"programs": {ref.path: written}})
        for collection in OF_PROGRAMS:
            self._beside(folder, uid, collection)

    def _beside(self, folder: str, uid: Uid, collection: str) -> None:
        """A list of a program in a file beside it; variables and rules share one."""
        ref, nest = self.nest.keys.refs[uid], self.nest
        row = nested("programs", collection)
        inner = nest.members_of(uid, row) if row else None
        stem = "indicators" if collection == "programIndicators" else "rules"
        for key, written in inner.items() if isinstance(inner, dict) else ():
            self._put(f"{folder}/{stem}", {"programs": {ref.path: {collection: {key: written}}}})

    def _is_alone(self, stage: Uid) -> bool:
        """Whether no other program has a stage of the same key, so that it may stand at the top."""
        key = self.nest.keys.refs[stage].key
        same = [ref for ref in self.nest.keys.uids if ref.type == "programStages" and ref.key == key]
        return len(same) == 1

    def _dashboard(self, uid: Uid, rest: set[Uid]) -> None:
        """A dashboard with what it shows, where no dashboard before it shows the same."""
        ref = self.nest.keys.refs[uid]
        stem = f"dashboards/{file_name(ref.path)}"
        self._add(stem, ref, self.nest.whole(uid))
        for item in items(self.nest.bundle.of("dashboards")[uid].get("dashboardItems")):
            for name, type_name in SHOWN.items():
                shown = Uid(uid_of(item.get(name)))
                if shown in rest and self.nest.bundle.has(type_name, shown):
                    rest.discard(shown)
                    self._add(stem, self.nest.keys.refs[shown], self.nest.whole(shown))

    def _add(self, stem: str, ref: Ref, written: dict[str, Yaml]) -> None:
        self._put(stem, {ref.type: {ref.path: written}})

    def _put(self, stem: str, content: dict[str, Yaml]) -> None:
        """Content into the file of a stem, or into the next one where that is full."""
        size = _size(content)
        lines = self._lines.get(stem, 0)
        if lines and lines + size > LONGEST:
            self._numbers[stem] = self._numbers.get(stem, 1) + 1
            lines = 0
        self._lines[stem] = lines + size
        number = self._numbers.get(stem, 1)
        file = f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml"
        _merge(self.pages.setdefault(file, {}), content)


def _merge(into: dict[str, Yaml], content: Mapping[str, Yaml]) -> None:
    for key, value in content.items():
        before = into.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            _merge(before, value)
        else:
            into[key] = value


def _size(value: Yaml) -> int:
    """About how many lines a value takes: what is short stands on one."""
    if isinstance(value, dict):
        return max(1, sum(_size(each) for each in value.values()) + (0 if _is_flat(value) else 1))
    if isinstance(value, list):
        return max(1, sum(_size(each) for each in value))
    return value.count("\n") + 1 if isinstance(value, str) else 1


def _is_flat(value: dict[str, Yaml]) -> bool:
    return not any(isinstance(each, dict | list) for each in value.values())


def kebab(type_name: str) -> str:
    """`dataElementGroups` as a file's name."""
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in type_name)
