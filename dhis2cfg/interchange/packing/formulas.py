"""Texts with references → the same with keys; a text that would not compile back as it was stays raw."""

from dataclasses import dataclass

from dhis2cfg.expressions import Context, Found, Key, Kind, read, rewrite_keys
from dhis2cfg.expressions.naming import TYPES
from dhis2cfg.interchange.bundle import Bundle
from dhis2cfg.interchange.keys import Keys
from dhis2cfg.interchange.packing.combinations import meant_combination, spelled_combination
from dhis2cfg.model.names import Ref
from dhis2cfg.model.pages import Behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulas:
    """What is known where texts are rewritten."""

    bundle: Bundle
    keys: Keys

    def spelled(self, text: str, context: Context, near: Ref) -> str | Behind:
        """The text with keys, as `near` writes it; `!raw` where it names what is not here, or cannot be read.

        The fields of a form keep their UIDs: a form is a page that is made with UIDs in its scripts, too.
        """
        if context in (Context.HTML_FORM, Context.NONE):
            return text
        written = rewrite_keys(text, context, lambda key, found: self._key(key, found, near))
        back = rewrite_keys(written, context, lambda key, found: self._uid(key, found, near))
        lost = self._lost(written, context, near)
        if not lost and back == text:
            return written
        reason = f"names {', '.join(lost)}, which is not here" if lost else "cannot be read by DHIS2"
        message = f"a text {reason}; it is passed on untouched"
        uid = self.keys.uids[near]
        self.bundle.mended("mend-raw-text", near.type, uid, f"{message}: {text[:80]}")
        return Behind(tag="!raw", text=text)

    def _key(self, key: Key, found: Found, near: Ref) -> str | None:
        """What a UID or a variable's name is written as."""
        if key.kind is Kind.RULE_VARIABLE:
            variable = self.keys.variables.get((self._program(near), key.text))
            return variable.key if variable else None
        if key.kind is Kind.OPTION_COMBO:
            element = found.keys[0].text if key is found.keys[1] else ""
            spelled = spelled_combination(self.bundle, self.keys, key.text, near, element)
            return spelled or self._foreign(key)
        ref = self.keys.ref(TYPES.get(key.kind, ""), key.text)
        if ref is not None:
            return self.keys.spelled(ref, near)
        return self._foreign(key)

    def _foreign(self, key: Key) -> str | None:
        return f"id:{key.text}" if key.text in self.bundle.foreign else None

    def _uid(self, key: Key, found: Found, near: Ref) -> str | None:
        """The way back."""
        if key.kind is Kind.RULE_VARIABLE:
            variable = self.keys.meant(key.text, "programRuleVariables", near)
            body = self.bundle.of("programRuleVariables").get(self.keys.uids[variable]) if variable else None
            return str(body["name"]) if body else None
        if key.text.startswith("id:"):
            return key.text.removeprefix("id:")
        if key.kind is Kind.OPTION_COMBO:
            element = self.keys.meant(found.keys[0].text, "dataElements", near)
            own = self.keys.uids[element] if element and key is found.keys[1] else ""
            return meant_combination(self.bundle, self.keys, key.text, near, own)
        meant = self.keys.meant(key.text, TYPES.get(key.kind, ""), near)
        return self.keys.uids[meant] if meant else None

    def _lost(self, written: str, context: Context, near: Ref) -> list[str]:
        """Keys that would be looked up in vain, and what DHIS2 cannot read."""
        reading = read(written, context)
        lost = [
            key.text for found in reading.references for key in found.keys if self._is_lost(key, found, near)
        ]
        return lost or [problem.message for problem in reading.problems]

    def _is_lost(self, key: Key, found: Found, near: Ref) -> bool:
        return key.kind is not Kind.ANY and self._uid(key, found, near) is None

    def _program(self, near: Ref) -> str:
        """The path of the program that an object stands in."""
        return next((each.path for each in self.keys.upwards(near) if each.type == "programs"), "")
