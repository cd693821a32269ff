"""What DHIS2 would refuse or misread: a text, its use and a look-up of types in; types and mistakes out.

`checking.check` judges names and counts (`calling`, `items`, `modifiers`, `quoting`), then types, as the
server's check does outside rules (`server_types`) and as the rule engine does (`rule_types`).
"""

from dhis2cfg.expressions.meaning.checking import NEWEST, Checked, check

__all__ = ["NEWEST", "Checked", "check"]
