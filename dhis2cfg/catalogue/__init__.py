"""What a DHIS2 version accepts: captures of `/api/schemas` in, types and policies out.

`types` are the values and `shipped` loads them; `policy` is the only judge of what is compared, sent, kept
and ignored. `condense` turns a capture into the small file under `schemas/catalogue`, `reading` turns that
file into types; `oddities` and `noise` are what schemas do not say, `quirks` and `forward` what servers do to
what they are sent. `union` and `versions` read several versions as one; `json_schemas` makes the schemas that
editors and `load` use.
"""
