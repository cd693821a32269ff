"""One object of the workspace, looked up and told."""

from dhis2cfg.cli.desk import Desk
from dhis2cfg.cli.options import Format
from dhis2cfg.cli.reports import Wanted, write_reports
from dhis2cfg.cli.settings import width, write_out
from dhis2cfg.errors import Exit, UsageError
from dhis2cfg.explain.describe import describe
from dhis2cfg.explain.lookup import Meant, find, near
from dhis2cfg.explain.objects import Objects, objects_of
from dhis2cfg.pipeline.reading import resolved
from dhis2cfg.report.descriptions import description_document, description_text


def describe_command(desk: Desk, key: str, output: Format, reports: Wanted) -> int:
    """Tell of the one object that the key means; of none, or of several, is a usage error."""
    result = resolved(desk.files, today=desk.settings.world.today())
    desk.refuse(result.findings)
    objects = objects_of(each for package in result.packages.values() for each in package.objects.values())
    description = describe(objects, _meant(objects, key))

    def text(name: str) -> str:
        if name == "json":
            return description_document(description)
        return description_text(description, width())

    write_out(text(output.value))
    write_reports(reports, text, desk.save)
    return Exit.FINE


def _meant(objects: Objects, key: str) -> Meant:
    """The one thing that a key means."""
    found = find(objects, key)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"{key} may mean {len(found)} things",
            details=tuple(sorted(str(each) for each in found)),
            following=("name one of them as it stands here",),
        )
    nearest = " or ".join(near(objects, key))
    raise UsageError(
        f"nothing in this workspace is called {key}",
        following=(f"did you mean {nearest}?" if nearest else "look in the files for its key",),
    )
