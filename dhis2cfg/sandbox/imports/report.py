"""The report of an import: counters and errors by type and object, as JSON (facts §1.3)."""

from dataclasses import dataclass, field

from dhis2cfg.sandbox.checks.problem import Problem
from dhis2cfg.sandbox.store.session import Body

OUT_OF_LINE = {
    **{code: f"E4054.{place}" for place, code in enumerate(("E4056", "E4055", "E4050"), 1)},
    **{code: f"E4059.{code}" for code in ("E4089", "E4090", "E4091", "E4092")},
}
"""Codes that DHIS2 lists elsewhere than their number says: where they stand."""


def _by_code(problem: Problem) -> str:
    """An object's errors are told in the order in which DHIS2 lists its codes."""
    return OUT_OF_LINE.get(problem.code, problem.code)


@dataclass(slots=True, kw_only=True)
class Counters:
    """How many objects were created, updated, deleted, ignored."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    ignored: int = 0

    def ignore_all(self) -> None:
        """What happens to the counters when nothing is done."""
        self.ignored += self.created + self.updated + self.deleted
        self.created = self.updated = self.deleted = 0

    def to_json(self) -> Body:
        """With their sum."""
        total = self.created + self.updated + self.deleted + self.ignored
        return {
            "created": self.created,
            "updated": self.updated,
            "deleted": self.deleted,
            "ignored": self.ignored,
            "total": total,
        }


@dataclass(slots=True, kw_only=True)
class ObjectReport:
    """What became of one object; `index` is its place in the sent list."""

    index: int
    uid: str
    display: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_nameless(self) -> bool:
        """Whether its errors do not say which object they are about."""
        return bool(self.problems) and all(problem.is_nameless for problem in self.problems)


@dataclass(slots=True, kw_only=True)
class TypeReport:
    """What became of the objects of one type."""

    klass: str
    counters: Counters = field(default_factory=Counters)
    objects: dict[int, ObjectReport] = field(default_factory=dict)

    def blame(self, index: int, uid: str, display: str, problems: list[Problem]) -> None:
        """Add the errors that one check found in one object."""
        report = self.objects.setdefault(index, ObjectReport(index=index, uid=uid, display=display))
        report.problems = sorted([*report.problems, *problems], key=_by_code)

    def passed(self, index: int, uid: str, display: str) -> None:
        """Name an object that was written."""
        self.objects.setdefault(index, ObjectReport(index=index, uid=uid, display=display))

    @property
    def has_errors(self) -> bool:
        """Whether any object has an error."""
        return any(report.problems for report in self.objects.values())

    def to_json(self, *, full: bool, display: bool) -> Body:
        """`full` lists objects without errors too, `display` adds their names."""
        reports = [
            {
                "klass": self.klass,
                "index": report.index,
                **({} if report.is_nameless else {"uid": report.uid}),
                **({"displayName": report.display} if display else {}),
                "errorReports": [problem.to_json() for problem in report.problems],
            }
            for _, report in sorted(self.objects.items())
            if full or report.problems
        ]
        return {"klass": self.klass, "stats": self.counters.to_json(), "objectReports": reports}


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """Everything an import has to say."""

    types: list[TypeReport] = field(default_factory=list)
    status: str = "OK"

    @property
    def has_errors(self) -> bool:
        """Whether any object has an error."""
        return any(report.has_errors for report in self.types)

    @property
    def counters(self) -> Counters:
        """The sums over all types."""
        total = Counters()
        for report in self.types:
            total.created += report.counters.created
            total.updated += report.counters.updated
            total.deleted += report.counters.deleted
            total.ignored += report.counters.ignored
        return total

    def to_json(self, *, full: bool, display: bool, keep_empty: bool) -> Body:
        """The `response` of the answer."""
        types = [
            report.to_json(full=full, display=display)
            for report in self.types
            if keep_empty or report.counters.to_json()["total"]
        ]
        return {
            "status": self.status,
            "stats": self.counters.to_json(),
            "typeReports": types,
            "responseType": "ImportReport",
        }
