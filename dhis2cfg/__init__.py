"""Configuration as code for DHIS2: read packages, compare with servers, apply what differs.

The flow, room by room: load → resolve → validate → plan → apply; `pipeline` strings them together for one
target, `fleet` for many, `cli` is where people and pipelines come in.
"""

__version__ = "0.1.0"
