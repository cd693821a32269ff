"""Values of reports in which every text is one of the corpus, chosen by a seed."""

import random
from typing import Any

from dhis2cfg.model.description import Choice, Named
from dhis2cfg.model.dictionary import Asked, Dictionary, Doing, Holder, Part, Right, Role
from dhis2cfg.model.diff import Affected, Diff, Item, PackageDiff
from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import (
    Author,
    Change,
    Digests,
    Kind,
    Local,
    Mark,
    Plan,
    Reason,
    Refusal,
    Risk,
    Touched,
)
from tests.review.injections import CORPUS

FIELDS = (
    "",
    "name",
    "condition",
    "description",
    "translations[NAME,en]",
    "sharing.userGroups[G]",
    "sharing.public",
    "programStageDataElements[E].compulsory",
    "programStageDataElements[E]",
    "programStages#order",
    "authorities[F_X]",
    "programStage",
    "members.userGroups/G.kari",
)
TYPES = (
    "programs",
    "programRules",
    "programRuleActions",
    "options",
    "userRoles",
    "municipalities",
    "fleet",
    "dataElements",
)


class Hostile:
    """Values of reports in which every text is one of the corpus."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a seeded choice of texts
        self.first = CORPUS[seed % len(CORPUS)]

    def text(self) -> str:
        """A text, alone or inside another one; the seed's own one often."""
        chosen = self.first if self.random.random() < 0.4 else self.random.choice(CORPUS)
        return self.random.choice((chosen, chosen, f"Feber {chosen} i dag", f"{chosen} {chosen}"))

    def value(self) -> Any:
        """What a field may hold."""
        return self.random.choice(
            (
                None,
                True,
                38.5,
                self.text(),
                self.text(),
                [self.text(), self.text()],
                {self.text(): self.text()},
            )
        )

    def change(self) -> Change:
        """A change of any kind."""
        field = self.random.choice(FIELDS)
        field = field.replace("[E]", f"[{self.text()}]") if self.random.random() < 0.2 else field
        kind = Kind.MOVE if field.endswith("#order") else self.random.choice(list(Kind))
        return Change(
            type=self.random.choice(TYPES),
            path=f"{self.text()}/{self.text()}",
            field=field or "",
            kind=kind,
            reason=self.random.choice(list(Reason)),
            risk=self.random.choice(list(Risk)),
            uid=Uid("abcdefghijk"),
            title=self.text(),
            within=tuple(self.text() for _ in range(self.random.randrange(3))),
            label=self.text(),
            before=self.value(),
            after=self.value(),
            base=self.value(),
            marks=(Mark.DEVICES,),
            touched=self.random.choice((None, Touched(count=3, what=self.text()), Touched(count=None))),
            place=Place(file=self.text(), line=3, turn=self.random.choice(("", self.text()))),
            author=self.random.choice((None, Author(username=self.text(), at=self.text()))),
            package=self.text(),
            note=self.random.choice(("", self.text())),
            names={self.text(): self.text()},
        )

    def diff(self) -> Diff:
        """A diff of one package and one municipality."""
        items = tuple(
            Item(
                change=self.change(),
                affected=Affected(groups=(self.text(),), municipalities=2, stands_in=(self.text(),)),
            )
            for _ in range(4)
        )
        package = PackageDiff(
            name=self.text(),
            title=self.text(),
            before=self.text(),
            after=self.text(),
            locale="nb",
            municipalities=(self.text(), self.text()),
            items=items,
        )
        return Diff(
            before=self.text(),
            after=self.text(),
            packages=(package,),
            settings=items[:1],
            files=3,
            compared=9,
        )

    def plan(self) -> Plan:
        """A plan of one target."""
        return Plan(
            target=self.text(),
            environment=self.text(),
            url=self.text(),
            municipalities=(self.text(),),
            fleet=self.text(),
            packages={self.text(): self.text()},
            applied={self.text(): self.text()},
            server_version=self.text(),
            compared=9,
            changes=(self.change(), self.change()),
            steps=(),
            local=(
                Local(
                    type="programs", path=self.text(), field="users[x]", title=self.text(), value=self.text()
                ),
            ),
            refusals=(Refusal(word="", message=self.text(), following=self.text()),),
            findings=(),
            notes=(self.text(), f"along the way: {self.text()}"),
            digests=Digests(files="", record="", catalogue="", live="", changes=""),
            group="",
        )

    def named(self, file: str) -> Named:
        """An object of the book."""
        return Named(
            type=self.text(), path=self.text(), name=self.text(), place=Place(file=file, line=1, column=1)
        )

    def book(self) -> Dictionary:
        """A data dictionary of one program."""
        file = f"packages/demo/{self.text()}"
        place = Place(file=file, line=1, column=1, turn=self.text())
        doing = Doing(does="HIDEFIELD", rule=self.text(), when=self.text(), data=self.text(), place=place)
        asked = Asked(
            field=self.named(file),
            label=self.text(),
            type=self.text(),
            compulsory=True,
            place=place,
            description=self.text(),
            texts=((self.text(), self.text()),),
            option_set=self.text(),
            options=(Choice(code=self.text(), name=self.text()),),
            doings=(doing,),
        )
        parts = (Part(title=self.text(), fields=(asked, asked)),)
        holder = Holder(object=self.named(file), kind="program", description=self.text(), parts=parts)
        return Dictionary(
            package=self.text(),
            title=self.text(),
            version=self.text(),
            locale="nb",
            holders=(holder,),
            rights=(
                Right(
                    who=self.text(),
                    what=self.named(file),
                    kind=self.text(),
                    may=(self.text(),),
                    place=place,
                ),
            ),
            roles=(Role(role=self.named(file), authorities=(self.text(),), place=place),),
            files={file: f"{self.text()}\n{self.text()}"},
        )
