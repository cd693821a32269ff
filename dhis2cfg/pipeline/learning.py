"""The loop of question and answer."""

from dataclasses import replace

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.questions import Answers
from dhis2cfg.plan.asking import ask
from dhis2cfg.plan.given import Given
from dhis2cfg.ports import DataCounter, MetadataServer

ROUNDS = 12
"""More rounds than any chain of questions has; beyond it planning asks the same thing again and again."""


def learn(given: Given, server: MetadataServer, counter: DataCounter) -> Answers:
    """Everything that planning wants to know of one server."""
    answers = Answers()
    for _ in range(ROUNDS):
        questions = ask(given, answers)
        if questions.is_empty:
            return answers
        answers = server.answer(questions, answers)
        if questions.counts:
            counts = counter.counts(questions.counts)
            answers = replace(answers, counts={**answers.counts, **counts})
    raise Dhis2cfgError(
        "planning could not learn enough of the server",
        details=(f"{ROUNDS} rounds of questions were answered, and it still asks",),
        following=("run it again with --debug and report what it asks",),
    )
