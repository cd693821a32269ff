"""Where people and pipelines come in; here errors become messages and exit codes.

`app` is the door, `commands` one thin module a command, `work` what each does, `desk` what they share:
workspace, targets, connections. Nothing heavy is imported before a command runs, so that `--help` stays fast.
"""
