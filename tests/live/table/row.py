"""One row of the table of scenarios: what stands, what is done, and what then must be seen."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from dhis2cfg.errors import Exit
from tests.live.stage import Stage

Act = Callable[[Stage], None]


def applied(stage: Stage) -> None:
    """The package stands as it was applied, and the record says so."""
    plan, outcome = stage.apply()
    assert outcome.exit == Exit.FINE, (outcome.message, outcome.details, plan.refusals, plan.trial)


def nothing(_stage: Stage) -> None:
    """Nothing more."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """Given (server, record, package) · do · then (plan line, steps, state, exit).

    `plan` are passages that `dhis2cfg plan` prints, line breaks aside; `steps` the kinds of its steps.
    `refused` is what `apply` says without `flags`, with exit 4; `exit` is that of `apply` with them: where it
    is 0, what was read back is as planned. `endangers` says why a row is not for a real server.
    """

    name: str
    do: Act
    given: Act = applied
    plan: tuple[str, ...] = ()
    steps: str = "call"
    refused: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    exit: Exit = Exit.FINE
    then: Act = nothing
    endangers: str = ""

    def run(self, stage: Stage) -> None:
        """All of it, through the program's own door."""
        self.given(stage)
        self.goes_on(stage)

    def goes_on(self, stage: Stage) -> None:
        """What is done, and then."""
        self.do(stage)
        stage.write()
        wishes = [flag for flag in self.flags if flag == "--prune"]
        file = stage.folder / "plans.json"
        told = stage.run("plan", *wishes, "--report", f"json={file}")
        for passage in self.plan:
            assert passage in " ".join(told.out.split()), told.said
        (plan,) = json.loads(file.read_text())["plans"]
        assert " ".join(step["kind"] for step in plan["steps"]) == self.steps, told.said
        if self.refused:
            refused = stage.run("apply", "--yes", *wishes)
            assert refused.code == Exit.UNSAFE, refused.said
            for passage in self.refused:
                assert passage in " ".join((refused.out + refused.err).split()), refused.said
        if self.flags or not self.refused:
            done = stage.run("apply", "--yes", *self.flags)
            assert done.code == self.exit, done.said
            expected = "read back: as planned" if self.steps else "no changes"
            assert self.exit is not Exit.FINE or expected in done.out, done.said
        self.then(stage)
