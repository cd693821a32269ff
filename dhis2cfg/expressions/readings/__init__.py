"""How expressions are read by people: trees in, what works otherwise than it looks out.

`regrouping` finds sums that group otherwise than they read, `conditions` those that are always true or never,
`comparing` says how two expressions differ in meaning.
"""
