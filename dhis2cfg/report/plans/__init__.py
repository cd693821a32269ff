"""Plans as a reviewer reads them: a view comes in, text goes out.

`text` is called first; `blocks` finds what is common to several targets, `objects` sorts changes by object,
`creations` folds what is new, `deviations` tell what of it is another value here, `fields` one change, `kept`
what is the municipality's own, `notes` what else to know, `ends` how to go on. `narrowed` leaves out what
only others ask for.
"""

from dhis2cfg.report.plans.ends import question
from dhis2cfg.report.plans.narrowing import narrowed
from dhis2cfg.report.plans.text import plans_text
from dhis2cfg.report.plans.view import PlanView, needs_a_word

__all__ = ["PlanView", "narrowed", "needs_a_word", "plans_text", "question"]
