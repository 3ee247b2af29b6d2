"""The shell of a page: a policy that lets in nothing but what is named by its hash, and data that stays data."""

import base64
import hashlib
import re

import pytest

from outreach.i18n import use
from outreach.report.page import asset, escape, page


@pytest.mark.parametrize(("language", "written"), [("zh", "zh-Hans"), ("en", "en")])
def test_the_policy_names_what_is_in_the_page_and_nothing_else(language: str, written: str) -> None:
    use(language)
    text = page("周报", "<p>…</p>").decode()
    use("en")
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    named = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="(.*?)"', text)
    assert policy == (f"default-src 'none'; style-src 'sha256-{named}'; script-src 'none'; base-uri 'none'; form-action 'none'")
    assert f'<html lang="{written}">' in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\"' onmouseover=", "&quot;&#x27; onmouseover="),
        ("老王\u202e市超", "老王�市超"),
        ("一\n二\x1b[31m", "一⏎二�[31m"),
        ("&amp;", "&amp;amp;"),
    ],
)
def test_what_people_typed_is_data(typed: str, shown: str) -> None:
    assert escape(typed) == shown
    assert f"<title>{shown}</title>" in page(typed, "").decode()


def test_nothing_is_fetched() -> None:
    assert not re.search(r"url\(|@import|https?:|src=", asset("page.css"))
