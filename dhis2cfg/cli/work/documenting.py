"""One package of the workspace as a book of reference."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from dhis2cfg.cli.desk import open_desk
from dhis2cfg.cli.settings import Settings, write_err, write_out
from dhis2cfg.errors import Exit, UsageError
from dhis2cfg.explain.dictionary import holders, places_of
from dhis2cfg.explain.objects import objects_of
from dhis2cfg.explain.rights import rights, roles
from dhis2cfg.model.dictionary import Dictionary
from dhis2cfg.pipeline.reading import resolved
from dhis2cfg.report.handbook import as_html, as_markdown, chapters
from dhis2cfg.resolve import ResolvedPackage

NOTHING: Mapping[str, str] = MappingProxyType({})


def docs_command(settings: Settings, name: str, form: str, out: Path | None) -> int:
    """The book to stdout, or both forms of it into a folder."""
    desk = open_desk(settings)
    result = resolved(desk.files, (), today=settings.world.today())
    desk.refuse(result.findings)
    if name not in result.packages:
        known = ", ".join(sorted(result.packages)) or "none"
        raise UsageError(f"there is no package {name} here", details=(f"packages: {known}",))
    texts_of = {file: each.text for file, each in desk.files.documents.items()}
    book = dictionary(result.packages[name], texts_of)
    texts = {
        "markdown": as_markdown(chapters(book)),
        "html": as_html(chapters(book), locale=book.locale),
    }
    if out is None:
        write_out(texts[form])
        return Exit.FINE
    for suffix, text in (("md", texts["markdown"]), ("html", texts["html"])):
        desk.save((settings.folder or Path()) / out / f"{name}.{suffix}", text)
        write_err(f"wrote {out / f'{name}.{suffix}'}\n")
    return Exit.FINE


def dictionary(package: ResolvedPackage, texts: Mapping[str, str] = NOTHING) -> Dictionary:
    """What a package asks for, and whom it lets do what; `texts` are those of the files it was read from."""
    objects = objects_of(package.objects.values())
    manifest = package.manifest
    book = Dictionary(
        package=manifest.name,
        title=manifest.title,
        version=manifest.version,
        locale=manifest.locale,
        holders=tuple(holders(objects, (*manifest.required, *manifest.inline))),
        rights=tuple(rights(objects)),
        roles=tuple(roles(objects)),
    )
    named = {place.file for place in places_of(book)}
    return replace(book, files={file: texts[file] for file in sorted(named & texts.keys())})
