"""`fleet.yaml` and the municipalities' files → `Fleet`.

`reading` reads them, `servers` and `addresses` make targets of what they say of servers, `shared` compares
the municipalities of one server.
"""

from dhis2cfg.resolve.fleet.reading import read_fleet

__all__ = ["read_fleet"]
