"""How large the page of 1,000 merchants is, and how smoothly its map moves in Chromium.

    PYTHONPATH=. .venv/bin/python scripts/bench/report_page.py [--merchants 1000]

Budgets: under 1 MB; no frame longer than three of a screen's (50 ms) while the map is dragged for two seconds.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from report import NOW, fill

from outreach.report.contents import document
from outreach.report.html import html
from outreach.report.weekly import build
from outreach.settings import Settings
from outreach.store.connection import open_database
from tests.report.browser import page

MEGABYTE, LONGEST = 1_000_000, 50.0
DRAG = """
new Promise((done) => {
  const map = document.querySelector("svg.map"), times = [], at = (type, x) =>
    map.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: 300, pointerId: 1, bubbles: true }));
  map.setPointerCapture = () => {};
  map.scrollIntoView();
  at("pointerdown", 300);
  let last = 0, n = 0;
  const step = (now) => {
    if (last) times.push(now - last);
    last = now;
    at("pointermove", 300 + 150 * Math.sin(n / 10));
    if (n++ < 120) requestAnimationFrame(step); else { at("pointerup", 300); done(times); }
  };
  requestAnimationFrame(step);
})
"""


def main() -> None:
    """Print the size, and the frames."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--merchants", type=int, default=1_000)
    merchants = parser.parse_args().merchants
    with tempfile.TemporaryDirectory() as place:
        db = open_database(Path(place))
        fill(db, merchants, merchants * 5)
        data = html(document(build(db, Settings(Path(place) / "settings.toml"), NOW.date(), NOW), {}))
        db.close()
        (Path(place) / "report.html").write_bytes(data)
        print(f"the page of {merchants:,} merchants  {len(data):,} bytes   budget {MEGABYTE:,}")
        with page(Path(place) / "browser") as shown:
            shown.open(Path(place) / "report.html", width=1280)
            frames = shown.run(DRAG)
        print(
            f"{len(frames)} frames: median {statistics.median(frames):.1f} ms, longest {max(frames):.1f} ms   budget {LONGEST}"
        )


if __name__ == "__main__":
    main()
