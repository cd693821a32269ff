"""What a DHIS2 version accepts: captures of `/api/schemas` in, types and policies out.

`types` are the values; `condense` turns a capture into the small file under `schemas/catalogue`; `shipped` reads
those files; `oddities` and `quirks` are the tables of what schemas do not say; `policy` is the only judge of what
is compared, sent, kept and ignored; `json_schemas` makes the schemas that editors and `load` use.
"""
