"""Desired state → what people ask of it: what an object is, who uses it, which rules act on it; pure.

`lookup.find` finds what somebody means by a key, `describe.describe` tells all of it (`model.description`);
`texts` has the expressions of an object, `users` who refers to it, `rule_acts` what rules do to a field.
"""
