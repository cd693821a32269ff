"""The table: every row once, each with a name of its own."""

from tests.live.table import counted, gone, hands, others, releases
from tests.live.table.row import Row

ROWS: tuple[Row, ...] = (*releases.ROWS, *hands.ROWS, *gone.ROWS, *others.ROWS, *counted.ROWS)
