"""Sets up this checkout and runs `outreach demo`: a made-up push of three weeks, on three laptops, to Monday's report.

python3 scripts/demo.py [--lang en]
"""

import sys

from checkout import ready, run, step

if __name__ == "__main__":
    python = ready("run.txt")
    step("running: outreach demo")
    sys.exit(run(python, "-m", "outreach", "demo", *sys.argv[1:]))
