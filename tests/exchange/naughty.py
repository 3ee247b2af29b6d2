"""Text that programs break on, in the manner of the Big List of Naughty Strings: data, and nothing else."""

NAUGHTY = (
    "undefined", "null", "NULL", "None", "nil", "true", "NaN", "Infinity", "-1", "0", "1.00", "1e309", "0x0",
    "1,000.00", "９９９", "--", "---", "-", "=1+1", "+1", "@SUM(A1)", "-2+3",
    "|calc", "'", "\"", "\"\"", "''", "'; DROP TABLE merchant;--", "<script>alert(1)</script>", "<b>粗</b>",
    "&amp;", "&#65;", "]]>", "<!--", "{{7*7}}", "{name}", "%s%n", "%d", "$HOME", "`id`", "$(id)",
    "../../etc/passwd", "C:\\con\\aux", "a\\nb", "第一行\n第二行", "左\t右", "[red]红[/red]", "[/]", ":skull:",
    "\x1b[31m红\x1b[0m", "\x1b]0;t\x07", "\x07", "\x7f", "\x85", "\u200b", "\u202e倒", "\u2066里\u2069",
    "\ufeff", "\u00ad", "\ufffd", "\U000e0001", "e\u0301", "é", "Å", "ﬁ", "田中さんにあげて下さい",
    "사회과학원", "𠮷野家", "𪚥", "🏪", "👨\u200d👩\u200d👧", "👍🏽", "🇨🇳", "ثم نفس سقطت", "שלום", "ŭṉíçödé",
    "Z̮̞̠͙͔ͅ", "ЁЂЃ", "⁰⁴⁵", "½", "，", "；", "、", "（总店）", "“引号”", "　全角　空格", "a;b;c", "a,b,c",
    "a|b", "#REF", "#N/A!", "1/2", "2026-13-45", "长" * 100, "=HYPERLINK(\"http://x.example\",\"甲\")", "-1+1|cmd' /C calc'!A0",
    "＝1＋1", "'=1", "010", "1e5", "2026-11-24", "3/7", "老王\u202e市超", "a\r\nb", "\"引号\",逗号;分号\t制表", "_x001B_",
    "https://example.org/x", "\ufeff甲", "👩\u200d👩\u200d👧",
)  # fmt: skip
