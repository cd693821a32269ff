"""Option combinations, which every server makes for itself: written by their options (facts §4.4)."""

from dhis2cfg.interchange.bundle import Bundle, uid_of
from dhis2cfg.interchange.keys import Keys
from dhis2cfg.model.names import Ref, Uid

OPTIONS = "categoryOptions"
NO_UIDS: frozenset[str] = frozenset()


def spelled_combination(
    bundle: Bundle, keys: Keys, uid: str, near: Ref | None, element: str = ""
) -> str | None:
    """`(KVINNE,U10)`, or `default`; None where it would not be found again by that.

    `element` is the UID of the data element whose combination it is.
    """
    if uid in bundle.defaults:
        return "default"
    refs = [keys.ref(OPTIONS, option) for option in bundle.combinations.get(uid, ("", NO_UIDS))[1]]
    known = [ref for ref in refs if ref is not None]
    if not known or len(known) < len(refs):
        return None
    text = f"({','.join(sorted(keys.spelled(ref, near) for ref in known))})"
    return text if meant_combination(bundle, keys, text, near, element) == uid else None


def meant_combination(
    bundle: Bundle, keys: Keys, text: str, near: Ref | None, element: str = ""
) -> str | None:
    """The UID of a spelled combination: the element's own, else the only one of these options."""
    if text == "default":
        return next((uid for uid in sorted(bundle.defaults) if uid in bundle.combinations), None)
    refs = [keys.meant(key, OPTIONS, near) for key in text[1:-1].split(",")]
    options = {str(keys.uids[ref]) for ref in refs if ref is not None}
    combo = uid_of(bundle.of("dataElements").get(Uid(element), {}).get("categoryCombo"))
    found = {uid: its for uid, (its, named) in bundle.combinations.items() if named == options}
    own = [uid for uid, its in found.items() if combo and its == combo]
    meant = own or list(found)
    return meant[0] if len(meant) == 1 else None
