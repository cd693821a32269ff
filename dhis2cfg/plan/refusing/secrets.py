"""Secrets that nobody gave us, and those of the server's own that an update would wipe."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import Refusal
from dhis2cfg.model.questions import Answers
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.survey import Survey
from dhis2cfg.wire.secrets import named_in, parts_of


def secret_refusals(known: Survey, writes: Sequence[Write], answers: Answers) -> Iterator[Refusal]:
    """A refusal for each secret that a write needs, and for each part that it would send without any."""
    for write in writes:
        for name in sorted(set(named_in(write.body))):
            if answers.secrets.get(name) is None:
                yield Refusal(
                    word="",
                    message=f"the secret {name} is not there, and {write.type}/{write.path} is sent with it",
                    following=f"set DHIS2CFG_SECRET__{name}, or secret_{name} in the credentials file",
                )
        yield from _wiped(known, write)


def _wiped(known: Survey, write: Write) -> Iterator[Refusal]:
    ours = known.bodies.get(Ref(write.type, write.path), {})
    for part in parts_of(write.type):
        if part not in ours and _may_hold(write.body.get(part)):
            yield Refusal(
                word="",
                message=f"{write.type}/{write.path} holds secrets in {part} that an update would wipe",
                following=f"write {part} in the package, its secrets as !secret NAME",
            )


def _may_hold(value: Any) -> bool:
    """Whether a part, as it was read, may have held secrets: a target that is the server itself has none."""
    is_inner = isinstance(value, Mapping) and value.get("type") == "INTERNAL"
    return bool(value) and not is_inner
