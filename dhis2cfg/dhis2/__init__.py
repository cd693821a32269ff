"""The real server behind the ports: a target and credentials in; facts, objects, reports and records out.

`connect.connect` is called first and strings the rest together: `transport` (HTTP) behind `guards` (what may
be sent, what may be said), `session` (one login, retries) and `answers` (what came), `client` over `reads`
and `importing` (questions, dry run, commit), `state` (record, run, lock), `counters`. `credentials` and
`checks` are what `cli` asks besides. Nothing is imported here, because httpx is slow to load.
"""
