"""`python -m outreach` is the same as `outreach`."""

from outreach.cli.main import entry

if __name__ == "__main__":
    entry()
