"""SQLite: objects by type and UID as JSON, and settings, in a file or in memory; copied by its backup."""

import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_SCHEMA = """
create table if not exists objects (
  seq integer primary key autoincrement, type text not null, uid text not null, parent text,
  body blob not null, unique (type, uid));
create index if not exists children on objects (type, parent);
create table if not exists settings (
  owner text not null, key text not null, locale text not null, value text not null,
  primary key (owner, key, locale));
"""

Row = tuple[str, bytes]


class Database:
    """One server's storage. Calls are serialised by `transaction`; a failed one leaves nothing."""

    def __init__(self, file: Path | None = None) -> None:
        self._connection = sqlite3.connect(
            file or ":memory:", check_same_thread=False, isolation_level=None, cached_statements=64
        )
        self._lock = threading.RLock()
        self._connection.executescript(_SCHEMA)
        if file:
            self._connection.execute("pragma journal_mode=wal")

    def copy(self, file: Path | None = None) -> "Database":
        """A second database with the same content."""
        other = Database(file)
        with self._lock:
            self._connection.backup(other._connection)
        other.set_setting("#", "identity", None)
        return other

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what happens inside; one at a time."""
        with self._lock:
            self._connection.execute("begin")
            try:
                yield
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of a transaction that is undone alone, also where the caller swallows the exception."""
        self._connection.execute("savepoint part")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback to part")
            raise
        finally:
            self._connection.execute("release part")

    def is_empty(self) -> bool:
        """Whether nothing was ever written."""
        return self._connection.execute("select 1 from objects limit 1").fetchone() is None

    def identity(self) -> str:
        """The same text as long as the database lives; a copy has another."""
        found = self.setting("#", "identity")
        if found is None:
            found = str(uuid.uuid4())
            self.set_setting("#", "identity", found)
        return found

    def one(self, type_name: str, uid: str) -> bytes | None:
        """The body of one object."""
        row = self._connection.execute(
            "select body from objects where type = ? and uid = ?", (type_name, uid)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def every(self, type_name: str) -> Iterable[Row]:
        """Every object of a type, oldest first."""
        return self._connection.execute(
            "select uid, body from objects where type = ? order by seq", (type_name,)
        )

    def holding(self, type_name: str, text: str) -> Iterable[Row]:
        """The objects of a type whose JSON contains a text."""
        return self._connection.execute(
            "select uid, body from objects where type = ? and instr(body, cast(? as blob)) > 0 order by seq",
            (type_name, text),
        )

    def children(self, type_name: str, parent: str) -> list[str]:
        """The UIDs of the children of a parent, oldest first."""
        rows = self._connection.execute(
            "select uid from objects where type = ? and parent = ? order by seq", (type_name, parent)
        )
        return [row[0] for row in rows]

    def put(self, type_name: str, uid: str, parent: str | None, body: bytes) -> None:
        """Write an object, new or not; its age stays."""
        self._connection.execute(
            "insert into objects (type, uid, parent, body) values (?, ?, ?, ?) "
            "on conflict (type, uid) do update set parent = excluded.parent, body = excluded.body",
            (type_name, uid, parent, body),
        )

    def remove(self, type_name: str, uid: str) -> None:
        """Take an object away."""
        self._connection.execute("delete from objects where type = ? and uid = ?", (type_name, uid))

    def setting(self, owner: str, key: str, locale: str = "") -> str | None:
        """A stored setting as JSON text; `owner` is empty for the system's."""
        row = self._connection.execute(
            "select value from settings where owner = ? and key = ? and locale = ?", (owner, key, locale)
        ).fetchone()
        return None if row is None else str(row[0])

    def settings(self, owner: str) -> dict[str, str]:
        """Every stored setting of an owner without a locale."""
        rows = self._connection.execute(
            "select key, value from settings where owner = ? and locale = ''", (owner,)
        )
        return dict(rows.fetchall())

    def set_setting(self, owner: str, key: str, value: str | None, locale: str = "") -> None:
        """Store a setting; None takes it away, its translations too, or that of one locale alone."""
        if value is None:
            self._connection.execute(
                "delete from settings where owner = ? and key = ? and ? in ('', locale)",
                (owner, key, locale),
            )
            return
        self._connection.execute(
            "insert or replace into settings (owner, key, locale, value) values (?, ?, ?, ?)",
            (owner, key, locale, value),
        )
