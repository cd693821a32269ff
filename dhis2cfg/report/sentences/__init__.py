"""Values of a change as parts of a sentence, which text and Markdown each write in their own way.

`values` comes first: what it was beside what it will be; `marked` does so for texts, `formulas` for
expressions, `orders` for sequences; `rights` are access strings and authorities in words. `spans` are the
parts, and how plain text writes them.
"""
