"""What a package says of itself, before and after: title, versions of DHIS2, languages, parameters."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dhis2cfg.model import tree
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Change, Kind, Reason, Risk
from dhis2cfg.model.privacy import Privacy
from dhis2cfg.resolve import Manifest
from dhis2cfg.resolve.nodes import entries_of, text_of, texts_of

NOTHING: Mapping[str, str] = MappingProxyType({})


def manifest_changes(
    before: Manifest, after: Manifest, moved: Mapping[str, str] = NOTHING
) -> Iterator[Change]:
    """A change for each thing that is said otherwise; the version stands in the heading.

    `moved` are objects that have another key now, by the one that they had.
    """
    last, now = _said(before, moved), _said(after, {})
    for label in dict.fromkeys((*now, *last)):
        old, new = last.get(label), now.get(label)
        if old != new:
            yield Change(
                type="packages",
                path=after.name,
                field=label,
                kind=Kind.UPDATE,
                reason=Reason.MOVED_ON,
                risk=Risk.VISIBLE,
                uid=Uid(""),
                title=after.title or after.name,
                label=label,
                before=old,
                after=new,
                place=after.place,
                package=after.name,
            )


def _said(manifest: Manifest, moved: Mapping[str, str]) -> Mapping[str, str]:
    told = {
        "name": manifest.name,
        "title": manifest.title,
        "versions of DHIS2": manifest.dhis2,
        "base language": manifest.locale,
        "required languages": ", ".join(manifest.required),
        "further languages": ", ".join((*manifest.inline, *manifest.optional)),
    }
    told |= {
        f"adopts {moved.get(entry.key, entry.key)} by": _by(entry.value)
        for entry in entries_of(manifest.adopt)
    }
    told |= {f"needs {name}": versions or "any" for name, versions in manifest.requires.items()}
    if manifest.privacy is not None:
        told |= _promises(manifest.privacy)
    told |= {f"severity of {rule}": severity.value for rule, severity in manifest.severity.items()}
    told |= {
        f"starting value of {name}": each.default.text if each.default else ""
        for name, each in manifest.parameters.items()
    }
    return {label: value for label, value in told.items() if value}


def _by(node: tree.Node) -> str:
    """How an object is found on a server, as words."""
    given = (f"{entry.key} {text_of(entry.value) or ''}" for entry in entries_of(node))
    return ", ".join((*given, *texts_of(node)))


def _promises(privacy: Privacy) -> Mapping[str, str]:
    """What is promised about persons, as one line each."""
    told = {
        "who are persons": privacy.persons,
        "who may read persons": privacy.readers,
        "numbers that are guarded": privacy.numbers,
        "what no role may do": privacy.never,
    }
    return {label: ", ".join(word.text for word in words) for label, words in told.items()}
