"""The course of one run, from its undo point to how it ended.

In: a plan that may be applied, and its terms. `running` keeps what may have to be laid back, writes the run
and walks the steps (`happening` looks for lost answers); `ending` reads back, records, or lays back.
"""
