"""The YAML language server, asked over its pipes what it thinks of files."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

COMMAND = ("npx", "--yes", "yaml-language-server", "--stdio")


class LanguageServer:
    """One server in one folder with the settings of an editor (`yaml.schemas`, `yaml.customTags`)."""

    def __init__(self, folder: Path, settings: Mapping[str, Any], command: Sequence[str] = COMMAND) -> None:
        self.folder = folder
        self.settings = _nested(settings)
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.told: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        root = self.folder.as_uri()
        self._send(
            "initialize",
            {
                "processId": None,
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": "workspace"}],
                "capabilities": {"workspace": {"configuration": True, "didChangeConfiguration": {}}},
            },
            number=1,
        )
        self._until(lambda said: said.get("id") == 1 and "result" in said)
        self._send("initialized", {})
        self._send("workspace/didChangeConfiguration", {"settings": self.settings})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()

    def diagnostics(self, path: Path) -> list[dict[str, Any]]:
        """What it says of one file, once it has looked at it."""
        uri = path.as_uri()
        text = path.read_text(encoding="utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": document})
        self._until(
            lambda said: (
                said.get("method") == "textDocument/publishDiagnostics" and said["params"]["uri"] == uri
            )
        )
        return self.told[uri]

    def _until(self, is_it: Any) -> None:
        while True:
            said = self._receive()
            if said.get("method") == "textDocument/publishDiagnostics":
                self.told[said["params"]["uri"]] = said["params"]["diagnostics"]
            if "id" in said and "method" in said:
                self._answer(said)
            if is_it(said):
                return

    def _answer(self, said: Mapping[str, Any]) -> None:
        """What a server asks of an editor: settings by section; nothing else is known."""
        result: Any = None
        if said["method"] == "workspace/configuration":
            result = [self.settings.get(each.get("section", ""), {}) for each in said["params"]["items"]]
        self._write({"jsonrpc": "2.0", "id": said["id"], "result": result})

    def _send(self, method: str, params: Any, *, number: int | None = None) -> None:
        numbered = {} if number is None else {"id": number}
        self._write({"jsonrpc": "2.0", **numbered, "method": method, "params": params})

    def _write(self, message: Mapping[str, Any]) -> None:
        body = json.dumps(message).encode()
        stream = self.process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        stream.flush()

    def _receive(self) -> dict[str, Any]:
        stream = self.process.stdout
        assert stream is not None
        return dict(json.loads(stream.read(_length(stream))))


def _length(stream: BinaryIO | Any) -> int:
    """The length of the next message; the headers are read."""
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    if not length:
        raise EOFError("the language server said nothing more")
    return length


def _nested(settings: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`yaml.schemas` of a settings file as servers want it: by section."""
    sections: dict[str, dict[str, Any]] = {}
    for name, value in settings.items():
        section, _, key = name.partition(".")
        sections.setdefault(section, {})[key] = value
    sections.setdefault("yaml", {}).update(validate=True, hover=True, completion=True)
    sections["yaml"]["schemaStore"] = {"enable": False}
    return sections
