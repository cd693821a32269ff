"""Pages of a list: which rows, and what the pager says (facts §2.2, §19.37)."""

from collections.abc import Sequence
from typing import TypeVar

from dhis2cfg.sandbox.routes.call import Call
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble

T = TypeVar("T")
_SIZE = 50


def paged(call: Call, rows: Sequence[T]) -> tuple[Sequence[T], Body]:
    """The rows of the page that was asked for, and the pager; no pager where `paging=false`.

    A page past the end is told as the last one, and is empty; a size of nothing counts as one, and nothing
    is shown.
    """
    if call.first("paging").lower() == "false":
        return rows, {}
    page, size = max(_number(call, "page", 1), 1), _number(call, "pageSize", _SIZE)
    if size < 0:
        raise Trouble(400, "max-results cannot be negative")
    is_empty, size = size == 0, size or 1
    count = len(rows)
    pages = -(-count // size)
    shown = min(page, max(pages, 1))
    pager: Body = {"page": shown, "total": count, "pageSize": size, "pageCount": pages}
    if shown < pages:
        pager["nextPage"] = _link(call, shown + 1, size)
    if shown > 1:
        pager["prevPage"] = _link(call, shown - 1, size)
    return () if is_empty else rows[(page - 1) * size : page * size], {"pager": pager}


def _number(call: Call, name: str, default: int) -> int:
    text = call.first(name)
    if not text:
        return default
    if not text.removeprefix("-").isdigit():
        raise Trouble(400, f"Value {text} is not valid for {name}")
    return int(text)


def _link(call: Call, page: int, size: int) -> str:
    """The address of another page: first what says which, then all else that was asked."""
    told = [f"page={page}"] if page > 1 else []
    told += [f"pageSize={size}"] if size != _SIZE else []
    told += [f"{name}={value}" for name, value in call.query if name not in {"page", "pageSize"}]
    return f"{call.instance.url}/api/{call.parts[0]}" + (f"?{'&'.join(told)}" if told else "")
