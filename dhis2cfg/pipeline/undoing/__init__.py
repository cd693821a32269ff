"""What a run may have to lay back, and how it is laid back.

Before the first write `taking` keeps the closure of the run (`closure`) on the server. Undoing is a plan
again: `back` merges what stood, what the run wrote and what stands now, object by object; `planning` makes
steps of it, cut and checked like any other; `doing` does them and looks whether all stands as it stood.
"""
