"""Translatable texts: the base beside the languages that stand inline, the others for `translations/`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.interchange.bundle import Body, Bundle, items
from dhis2cfg.model.names import Ref
from dhis2cfg.model.pages import Behind, Yaml

Say = Callable[[str], "str | Behind"]
"""How a text of one language is written (with keys, where it holds references)."""


@dataclass(slots=True, kw_only=True)
class Texts:
    """The languages of a package; `apart` gathers what goes to `translations/`: locale → type → path."""

    bundle: Bundle
    base: str
    inline: tuple[str, ...]
    apart: dict[str, dict[str, dict[str, dict[str, Yaml]]]] = field(default_factory=dict)

    def spoken(self, kind: MetadataType, uid: str, body: Body) -> Mapping[str, dict[str, str]]:
        """Property → locale → text of all translations that a package can hold."""
        names = {prop.translation_key: name for name, prop in kind.properties.items() if prop.translation_key}
        spoken: dict[str, dict[str, str]] = {}
        for each in items(body.get("translations")):
            name = names.get(str(each.get("property")), "")
            locale, value = str(each.get("locale") or ""), each.get("value")
            if not isinstance(value, str) or not value or not locale:
                self.bundle.account.left_parts["a translation without a text"] += 1
            elif not name or not body.get(name) or isinstance(body[name], bool):
                self.bundle.account.left_parts["a translation of what has no text of its own"] += 1
            elif locale == self.base:
                self._base(kind.name, uid, name, str(body[name]), value)
            else:
                spoken.setdefault(name, {})[locale] = value
        return spoken

    def _base(self, type_name: str, uid: str, name: str, base: str, value: str) -> None:
        """A translation into the base language says what the base text says, or is lost."""
        if value == base:
            self.bundle.account.left_parts["a translation that repeats its base text"] += 1
            return
        message = f"{name} has another text in its own language {self.base}, {value!r}; left out"
        self.bundle.mended("mend-second-base-text", type_name, uid, message)

    def written(self, ref: Ref, name: str, base: str, spoken: Mapping[str, str], say: Say) -> Yaml:
        """A text as it stands in its object; languages that do not stand inline are put apart."""
        said: dict[str, Yaml] = {}
        for locale, text in sorted(spoken.items()):
            if locale in self.inline:
                said[locale] = say(text)
            else:
                types = self.apart.setdefault(locale, {})
                types.setdefault(ref.type, {}).setdefault(ref.path, {})[name] = say(text)
        ordered = {locale: said[locale] for locale in sorted(said)}
        return {self.base: say(base), **ordered} if said else say(base)
