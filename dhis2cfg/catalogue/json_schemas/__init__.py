"""JSON Schemas (draft 2020-12) made from the catalogues: `writing` makes them all.

Of the schema of objects there are two. The strict one describes typed scalars, a tag as `{"!var": "NAME"}`;
what a value may be (length, range, constants) is left to the rules, which know the value behind a tag. The
editor's one describes what an editor sees, which reads `0301` as a number and a tag as the text behind it;
it offers the constants and says what a property is.
"""
