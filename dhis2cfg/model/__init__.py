"""The values that the rooms hand to each other; no I/O, no behaviour beyond what a value knows of itself.

`places` and `findings` say where and what; `tree` and `sources` are files as read; `names` and `state` are
what is asked for, by key path; `fleet` is for whom; `questions` what a server told; `plan`, `record`, `run`
what differs, what we wrote last time, and how an apply went.
"""
