"""The made-up push behind data/sample: its story in plain text files, and what turns it into timed acts and checks them."""
