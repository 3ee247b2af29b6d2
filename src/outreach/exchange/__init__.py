"""Files in and files out: spreadsheets, exports of other tools, and what is recorded here written for them."""
