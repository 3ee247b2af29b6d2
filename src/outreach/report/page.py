"""A page of HTML in one file: nothing is fetched, nothing runs but what is named by its hash, and it prints on A4.

It knows the shell only: language, title, styles, policy. What it shows comes in as HTML; whatever people typed goes through
`escape` before. No records here, and no wording.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape as escape_markup
from importlib.resources import files

from outreach.domain.text import harmless
from outreach.i18n import language

_LANGUAGES = {"zh": "zh-Hans", "en": "en"}


def escape(text: object) -> str:
    """Data as it may stand in a text or in a quoted attribute."""
    return escape_markup(harmless(str(text)), quote=True)


def page(title: str, body: str, *, styles: tuple[str, ...] = ("page.css",), script: str | None = None) -> bytes:
    """The whole file. `title` is data, `body` is HTML; `styles` and `script` are names of files in report/assets."""
    style = "".join(map(asset, styles))
    code = asset(script) if script else ""
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src {_source(code)}; base-uri 'none'; form-action 'none'"
    return f"""<!DOCTYPE html>
<html lang="{_LANGUAGES[language()]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
{body}
{f"<script>{code}</script>" if code else ""}
</body>
</html>
""".encode()


@cache
def asset(name: str) -> str:
    """A stylesheet or a script of ours, as it is put into the page."""
    return files("outreach.report").joinpath("assets", name).read_text(encoding="utf-8")


def _source(code: str) -> str:
    return f"'{_hash(code)}'" if code else "'none'"


def _hash(text: str) -> str:
    """The name by which the policy lets a text in (CSP level 2)."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
