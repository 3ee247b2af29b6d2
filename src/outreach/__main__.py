"""`python -m outreach` is the same as `outreach`."""

from outreach.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
