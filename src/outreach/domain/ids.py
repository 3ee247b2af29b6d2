"""Ids of records. Made on the laptop, never typed by a person.

A ULID (github.com/ulid/spec), lower case: 48 bits of milliseconds, 80 random bits, so ids sort by time and never clash.
Things with a natural key (a community by its name, a mark by shop and label) get an id derived from it, so that two
laptops that make the same thing make one.
"""

import re

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 26
is_id = re.compile(f"[{_ALPHABET}]{{{_LENGTH}}}").fullmatch


def _base32(number: int) -> str:
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_SHIFTS = range(10 * (_LENGTH // 2 - 1), -1, -10)


def new_id(now: int, entropy: bytes) -> str:
    """An id for a record made at `now` (ms since 1970) with 10 random bytes."""
    return _base32((now & (1 << 48) - 1) << 80 | int.from_bytes(entropy[:10], "big"))


def natural_id(kind: str, *key: str) -> str:
    """The id of the record that this natural key names, the same on every laptop. It starts with a z: it is no time."""
    import hashlib  # 3 ms, and most visits make no mark

    digest = hashlib.sha256("\0".join((kind, *key)).encode()).digest()
    return "z" + _base32(int.from_bytes(digest[:16], "big"))[1:]
