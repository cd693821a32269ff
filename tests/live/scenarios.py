"""Every scenario: a function that gets a stage of its own and leaves what it made to be swept away.

The same functions run on the embedded server in `make test` and on a real one in `make live`, so that where
the first is not like the second, one of the two fails.
"""

from tests.live.acts import hands, kinds, links, lists, roads, safety, takeovers, texts
from tests.live.stage import Scenario

SCENARIOS: tuple[Scenario, ...] = (
    *texts.SCENARIOS,
    *lists.SCENARIOS,
    *links.SCENARIOS,
    *hands.SCENARIOS,
    *takeovers.SCENARIOS,
    *kinds.SCENARIOS,
    *roads.SCENARIOS,
    *safety.SCENARIOS,
)
