"""What a rollback would do."""

from dataclasses import replace

from inline_snapshot import snapshot

from dhis2cfg.model.run import Phase, Run
from dhis2cfg.report.rollbacks import NAMED, RollbackView, rollbacks_text

RUN = Run(
    id="7Q2M",
    fleet="smittevern",
    target="oslo",
    plan="x",
    phase=Phase.DONE,
    steps=2,
    done=2,
    started="2026-11-24T10:15:00.120",
    by="ci",
    packages={"covid-no": "1.4.0"},
)


def test_what_is_put_back_and_what_goes_again() -> None:
    """Both are named, as far as they can be; where nothing stands, that is said."""
    many = tuple(f"options/S/O{number}" for number in range(NAMED + 2))
    views = [
        RollbackView(target="oslo", run=RUN, restored=("programs/P",), made=many),
        RollbackView(target="amot", run=replace(RUN, by=""), restored=(), made=()),
    ]
    assert rollbacks_text(views, 80) == snapshot("""\
oslo: run 7Q2M of ci, 2026-11-24 10:15, covid-no 1.4.0
  1 object put back as before: programs/P
  14 objects made by it, deleted again: options/S/O0, options/S/O1,
    options/S/O2, options/S/O3, options/S/O4, options/S/O5, options/S/O6,
    options/S/O7, options/S/O8, options/S/O9, options/S/O10, options/S/O11 and 2
    more
amot: run 7Q2M, 2026-11-24 10:15, covid-no 1.4.0
  nothing of it stands; only the record is put back
""")
    assert rollbacks_text([], 80) == ""
