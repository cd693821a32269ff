"""The embedded server as a process of its own: uvicorn on a loopback port."""

import sys
from pathlib import Path

import uvicorn

from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.store.instance import Instance

HOST = "127.0.0.1"


def address(port: int) -> str:
    """Where a server on this port is reached."""
    return f"http://{HOST}:{port}"


def serve(instance: Instance, *, port: int, file: Path | None = None, source: str = "") -> None:
    """Answer until stopped; one line on stderr says where, and that this is not DHIS2."""
    where = f"data in {file}" if file else "data in memory, gone when it stops"
    begun = f", with the metadata of {source}" if source else ""
    sys.stderr.write(f"dhis2cfg sandbox (not DHIS2) {instance.version} at {address(port)}{begun}, {where}\n")
    sys.stderr.flush()
    uvicorn.run(make_app(instance), host=HOST, port=port, log_level="warning", access_log=False)
