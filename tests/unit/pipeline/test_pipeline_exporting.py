"""What an empty server would be sent, and what cannot be asked of it."""

import pytest

from dhis2cfg.errors import NotSupported
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.questions import Answers, CountQuestion, Questions, SettingName
from dhis2cfg.pipeline.exporting import EmptyServer


def test_nothing_is_there_and_nothing_can_be_done() -> None:
    """Whatever is asked for is not there; a dry run or a step is refused by name."""
    server = EmptyServer("2.42")
    setting = SettingName("systemSettings", "keyA")
    told = server.answer(
        Questions(
            by={("programs", "code"): ("P",)}, settings=(setting,), uses={"programs": (Uid("abcdefghijk"),)}
        ),
        Answers(),
    )
    assert told.by == {("programs", "code", "P"): ()}
    assert told.settings == {setting: None}
    assert told.uses == {("programs", "abcdefghijk"): ()}
    question = CountQuestion(kind="events", arguments=())
    assert server.counts([question])[question] == 0
    with pytest.raises(NotSupported, match="without a server"):
        server.dry_run({})
    with pytest.raises(NotSupported, match="step 3"):
        server.perform(Step(number=3, kind=StepKind.CALL, objects=(), body={}))
    with pytest.raises(NotSupported, match="users in an exported file"):
        server.answer(Questions(usernames=("kari",)), Answers())
