"""`fleet.yaml` and the municipalities' files → `Fleet`.

`fleet` reads them, `servers` and `addresses` make targets of what they say of servers, `shared` compares the
municipalities of one server.
"""
