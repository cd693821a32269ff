"""One exit code for many targets (design §8)."""

from collections.abc import Iterable

from dhis2cfg.errors import Exit


def common_exit(codes: Iterable[int]) -> int:
    """9 if any server stands between, else 130 if stopped, else the common code, else 5."""
    several = set(codes)
    if Exit.BETWEEN in several:
        return Exit.BETWEEN
    if Exit.INTERRUPTED in several:
        return Exit.INTERRUPTED
    if len(several) > 1:
        return Exit.MIXED
    return several.pop() if several else Exit.FINE


def reading_exit(codes: Iterable[int], *, answered: int, has_changes: bool, exit_code: bool) -> int:
    """The code of `plan`, `status` and `drift`: 8 if no target answers, 5 if only some do."""
    several = [code for code in codes if code]
    if several and answered == 0:
        return common_exit(several)
    if Exit.UNREACHABLE in several:
        return Exit.MIXED
    if several:
        return common_exit(several)
    return Exit.CHANGES if has_changes and exit_code else Exit.FINE
