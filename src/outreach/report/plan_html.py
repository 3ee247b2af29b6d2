"""The walking list as a page to print: a sheet of A4 for each worker, with boxes to tick and a line to write on."""

from collections.abc import Iterator

from outreach.domain.records import Outcome
from outreach.i18n import _, joined
from outreach.report.labels import label
from outreach.report.page import escape, page
from outreach.report.plan import Page, Plan, Stop
from outreach.report.plan_words import (
    Extra,
    about_text,
    empty_texts,
    last_text,
    reasons_key,
    say_texts,
    summary,
    title,
    where_text,
    who_text,
)
from outreach.report.wording import advice_text


def plan_html(plan: Plan, extra: Extra) -> bytes:
    """The whole file. `extra`: the reasons of one's own in the settings."""
    sheets = "\n".join(_sheet(plan, sheet, extra) for sheet in plan.pages)
    return page(title(plan, plan.pages[0]), f"<main>{sheets}</main>", styles=("page.css", "plan.css"))


def _sheet(plan: Plan, sheet: Page, extra: Extra) -> str:
    items = "".join(f"<li>{''.join(_stop(plan, stop, extra))}</li>" for stop in sheet.stops)
    stops = f'<ol class="stops">{items}</ol>' if items else ""
    key = _("Worries by number: {key}").format(key="  ".join(reasons_key(extra)))
    after = _("Keyed in, in this order: outreach visit --plan")
    warned = ' class="warning"' if plan.contacts else ""
    return (
        f'<section class="sheet"><header><h1>{escape(title(plan, sheet))}</h1></header>'
        f"<p{warned}>{escape(summary(plan))}</p>"
        f'<p class="key">{escape(key)}<br>{escape(after)}</p>'
        f"{stops or _empty(plan)}</section>"
    )


def _empty(plan: Plan) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in empty_texts(plan))


def _stop(plan: Plan, stop: Stop, extra: Extra) -> Iterator[str]:
    name = escape(f"{stop.number}. {stop.ranked.case.merchant.name}")
    about = " · ".join(filter(None, (where_text(stop), about_text(stop))))
    yield f'<h2><bdi>{name}</bdi></h2><span class="about">{escape(about)}</span>'
    yield _line(_("Speak to"), who_text(stop, contacts=plan.contacts))
    yield _line(_("Last talk"), last_text(stop, extra, plan.day, contacts=plan.contacts))
    yield _line(_("How"), advice_text(stop.ranked.advice, plan.day))
    yield _line(_("Say"), joined(say_texts(stop)))
    note = _("Note")
    boxes = "".join(f"<span>☐ {escape(text)}</span>" for text in boxes_of())
    blanks = "".join(f"<span>{escape(text)} <u></u></span>" for text in (_("worries"), _("come back on")))
    yield f'<p class="ticks">{boxes}{blanks}</p><p class="line">{escape(note)}</p>'


def _line(head: str, text: str) -> str:
    return f"<p><b>{escape(head)}</b>{escape(text)}</p>"


def boxes_of() -> list[str]:
    """The outcomes to tick."""
    return [*(label(Outcome, outcome) for outcome in Outcome), _("firm no")]
