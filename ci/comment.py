"""Puts Markdown files into comments of a pull request, each in place of the one it wrote there last time.

`comment.py FILE...`, each file beginning with a line `<!-- … -->` by which its comment is found again. The
pull request is told by GITHUB_API_URL, GITHUB_REPOSITORY and NUMBER; TOKEN signs in, and is never said.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST = 65_000
"""As many characters as GitHub takes in one comment, and a few less."""
PAGE = 100


def asked(method: str, path: str, body: Any = None) -> Any:
    """One exchange with the API."""
    request = urllib.request.Request(  # noqa: S310 - the address is the runner's own
        f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}",
        data=None if body is None else json.dumps(body).encode(),
        method=method,
        headers={
            "Authorization": f"Bearer {os.environ['TOKEN']}",
            "Accept": "application/vnd.github+json",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
        return json.load(answer)


def comments(number: str) -> Iterator[Any]:
    """All comments of the pull request."""
    page = 1
    while True:
        several = asked("GET", f"issues/{number}/comments?per_page={PAGE}&page={page}")
        yield from several
        if len(several) < PAGE:
            return
        page += 1


def put(number: str, text: str) -> None:
    """Write a comment, or change the one with the same first line."""
    marker = text.partition("\n")[0]
    if len(text) > MOST:
        text = f"{text[:MOST]}\n\n… cut: the whole text stands in the summary of this run.\n"
    found = next((each for each in comments(number) if each["body"].startswith(marker)), None)
    if found is None:
        asked("POST", f"issues/{number}/comments", {"body": text})
    else:
        asked("PATCH", f"issues/comments/{found['id']}", {"body": text})


def main(files: list[str]) -> int:
    """Every file; 1 where the API refuses, with what it said."""
    try:
        for name in files:
            put(os.environ["NUMBER"], Path(name).read_text(encoding="utf-8"))
    except urllib.error.HTTPError as error:
        sys.stdout.write(f"::error::the comment could not be written: {error.code} {error.reason}\n")
        return 1
    except urllib.error.URLError as error:
        sys.stdout.write(f"::error::the comment could not be written: {error.reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
