"""The embedded server as a process of its own: uvicorn on a loopback port."""

import sys
from pathlib import Path

import uvicorn

from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.seed import make_instance


def serve(*, port: int, version: str = "2.42", file: Path | None = None, host: str = "127.0.0.1") -> None:
    """Answer until stopped; one line on stderr says where, and that this is not DHIS2."""
    url = f"http://{host}:{port}"
    instance = make_instance(version, file, url=url)
    where = f"data in {file}" if file else "data in memory, gone when it stops"
    sys.stderr.write(f"dhis2cfg sandbox (not DHIS2) {instance.version} at {url}, {where}\n")
    sys.stderr.flush()
    uvicorn.run(make_app(instance), host=host, port=port, log_level="warning", access_log=False)
