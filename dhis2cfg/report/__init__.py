"""Findings, plans and outcomes as text and documents; pure: everything comes in as values, a string goes out.

`findings` quotes files; `plans` groups equal plans and folds what is created; `outcomes` ends an apply;
`statuses` and `checks` are one line a target and a check; `failures` say what stopped a command.
`documents` are the JSON forms, `schemas` their JSON Schemas, `annotations` SARIF, JUnit and GitHub's lines.
Below them: `signs` makes foreign texts safe, `words` are DHIS2's, `layout` fits a width, `colour` comes last.
"""
