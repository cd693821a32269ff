"""One target from desired state to outcome; read `plan_one` first, then `apply_one`.

In: a `Task` (what is asked for, of whom) and the ports of one server. Out: a `Planned` or an `Outcome`. The
loops between the stages stand here: ask and answer, read back and plan again.
"""
