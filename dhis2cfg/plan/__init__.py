"""What differs between desired, recorded and live, and the steps that end it; pure.

In: a `State`, the `Record` of the last apply, and what the server answered. Out: further `Questions` (`ask`),
or the `Plan` (`build`). Read `merge` first: it is the table everything rests on; then `compare` (one object),
`survey` (all of them), `changes` (in words), `cut` (into calls).
"""
