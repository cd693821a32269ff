"""Rules over the resolved state: states, packages and catalogues in, findings out; no I/O.

`run.verdict` puts the findings of all stages together, less the `echoes` of one mistake. `run.validate` goes
over `rules_list.RULES`, each rule a file under `rules/` with its page; `context` is what
a rule may ask, `passages` the expressions of a state, `options` and `programs` what belongs together. What
files alone can tell (form, references, keys) was found before, by `load` and `resolve`; `form_pages` tells of
it.
"""

from dhis2cfg.validate.context import Package
from dhis2cfg.validate.rules_list import PAGES, RULES, explain
from dhis2cfg.validate.run import validate, verdict

__all__ = ["PAGES", "RULES", "Package", "explain", "validate", "verdict"]
