"""The look of the page: a desk, a phone, paper."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 0 auto;
  max-width: 80rem; padding: 1rem; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5 { line-height: 1.25; margin: 1.6em 0 0.4em; break-after: avoid; }
nav ul { padding-left: 1.2rem; } a { color: #0b4f8a; }
@media (min-width: 60rem) { nav ul { columns: 3; } }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 0.6rem 0 1.2rem; }
th, td { border: 1px solid #8a8a8a; padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; }
thead th { background: #eef2f6; } tbody th { font-weight: normal; }
td p { margin: 0 0 0.5rem; }
.line, code, pre { font-family: ui-monospace, monospace; font-size: 0.85rem; }
pre { white-space: pre-wrap; background: #f6f8fa; padding: 0.8rem; }
pre span { scroll-margin-top: 30vh; } pre span:target { background: #ffe9a8; outline: 0.3rem solid #ffe9a8; }
@media (max-width: 40rem) {
  table, thead, tbody, tr, th, td { display: block; } colgroup { display: none; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border: 1px solid #8a8a8a; margin-bottom: 0.8rem; } th, td { border: 0; }
  td:empty { display: none; }
  td::before { content: attr(data-head) ": "; font-weight: 600; font-family: system-ui, sans-serif; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 9pt; } nav, .file { display: none; }
  a { color: inherit; text-decoration: none; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
}
"""
