"""What a DHIS2 version accepts: captures of `/api/schemas` in, types and policies out.

`types` are the values and `shipped` loads them; `policy` is the only judge of what is compared, sent, kept
and ignored. `condense` turns a capture into the small file under `schemas/catalogue`, `build` reads that file
back with what schemas do not say laid over it: `corrections`, `small_schemas`, `oddities`, `noise`. `quirks`
and `forward` say what servers do to what they are sent; `union` reads several versions as one; `editor` makes
the JSON Schemas that editors and `load` use.
"""
