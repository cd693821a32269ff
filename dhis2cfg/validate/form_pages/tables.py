"""Pages on CSV tables."""

from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="empty-table",
        what="A table has no header.",
        why=(
            "The header says which property a column is; without it no row can become an option or an object."
        ),
        wrong="""

""",
        right="""
key,name.nb,name.en
0301,Oslo,Oslo
""",
        language="csv",
    ),
    Page(
        rule="missing-column",
        what="A table has no column `key`.",
        why=(
            "The key is what others refer to and, for options, the code that DHIS2 stores with every value. "
            "It cannot be made from the name, which may change."
        ),
        wrong="""
kode,name.nb,name.en
0301,Oslo,Oslo
""",
        right="""
key,name.nb,name.en
0301,Oslo,Oslo
""",
        language="csv",
    ),
    Page(
        rule="empty-column",
        what="A column of a table has no name.",
        why=(
            "Nobody can tell which property it is. A delimiter too many at the end of the header makes one "
            "too."
        ),
        wrong="""
key,name.nb,
0301,Oslo,
""",
        right="""
key,name.nb
0301,Oslo
""",
        language="csv",
    ),
    Page(
        rule="duplicate-column",
        what="A column of a table stands there twice, or a property stands whole and by locale.",
        why="Of two texts for one property only one can reach the server, and the table does not say which.",
        wrong="""
key,name,name.nb
0301,Oslo,Oslo kommune
""",
        right="""
key,name.nb,name.en
0301,Oslo kommune,Municipality of Oslo
""",
        language="csv",
    ),
    Page(
        rule="ragged-row",
        what="A row has more or fewer cells than the header.",
        why=(
            "Somewhere a delimiter is missing, or stands inside a text without quotes; from there on every "
            "cell would become another property. The row is left out."
        ),
        wrong="""
key,name.nb
15,Jobb, i arbeidstid
""",
        right="""
key,name.nb
15,"Jobb, i arbeidstid"
""",
        language="csv",
    ),
    Page(
        rule="csv-quote",
        what="A cell begins with a quote that does not end it.",
        why=(
            "What follows could be one cell over many lines or several cells; a quote inside a cell is "
            "written twice."
        ),
        wrong="""
key,name.nb
16,"Reise" (utland)
""",
        right="""
key,name.nb
16,"Reise (utland)"
""",
        language="csv",
    ),
)
