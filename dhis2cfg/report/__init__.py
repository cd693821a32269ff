"""Findings, plans and outcomes as text and documents; pure: everything comes in as values, a string goes out.

`findings` quotes files; `plans` groups equal plans and folds what is created; `outcomes` ends an apply;
`documents` are the JSON forms; `annotations` are SARIF, JUnit and GitHub's lines.
"""
