"""The console of Windows, which has to be asked before it takes escape sequences for what they are. Nothing elsewhere."""

import sys
from typing import TextIO

_PROCESSING = 0x4  # ENABLE_VIRTUAL_TERMINAL_PROCESSING, in the words of its SetConsoleMode


def takes_sequences(terminal: TextIO) -> bool:
    """Whether escape sequences mean something to this terminal; an old console of Windows would show them."""
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
    console = ctypes.c_void_p(msvcrt.get_osfhandle(terminal.fileno()))
    known = kernel.GetConsoleMode(console, ctypes.byref(mode))
    return bool(known and kernel.SetConsoleMode(console, mode.value | _PROCESSING))
