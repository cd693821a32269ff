"""Where people and pipelines come in: one thin module a command; here errors become exit codes.

`app` is the door; what a command needs (workspace, connections, output) it gets from `desk`. Nothing heavy is
imported before a command runs, so that `--help` stays fast.
"""
