"""`make editor-check`: the YAML language server over every file of covid-no, with the settings of `init`."""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from dhis2cfg.cli.work.beginning import EDITOR
from tests.editor.language_server import LanguageServer

ROOT = Path(__file__).parents[2]
PACKAGE = Path("packages", "covid-no")
PLANTED = "dataElements:\n  NO_PLANTET: {name: Plantet, valueTyp: TEXT}\n"


def main() -> int:
    """0 where nothing is underlined but the planted mistake; skipped, and said so, without npx."""
    if shutil.which("npx") is None:
        print("editor-check: skipped 1 check, npx is not here")  # noqa: T201 - what a person called
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copytree(ROOT / "schemas", folder / "schemas")
        shutil.copytree(ROOT / PACKAGE, folder / PACKAGE)
        planted = folder / PACKAGE / "planted.yaml"
        planted.write_text(PLANTED, encoding="utf-8")
        files = sorted(
            path
            for path in (folder / PACKAGE).rglob("*.yaml")
            if "tests" not in path.relative_to(folder).parts
        )
        with LanguageServer(folder, json.loads(EDITOR)) as server:
            told = {path.relative_to(folder): server.diagnostics(path) for path in files}
    mistake = told.pop(planted.relative_to(folder))
    found = [(path, each) for path, some in told.items() for each in some]
    for path, each in found:
        print(f"{path}:{each['range']['start']['line'] + 1}: {each['message']}")  # noqa: T201 - as above
    lines = [each["range"]["start"]["line"] + 1 for each in mistake]
    print(  # noqa: T201 - as above
        f"editor-check: {len(told)} files, {len(found)} diagnostics; "
        f"the planted mistake is {'underlined' if lines == [2] else 'NOT underlined'}"
    )
    return 1 if found or lines != [2] else 0


if __name__ == "__main__":
    sys.exit(main())
