"""What ends the command from outside: each ends it as Ctrl-C does, so that what was begun is taken back."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_OUTPUTS = (1, 2)  # descriptors of stdout and stderr


def end_like_ctrl_c() -> None:
    """Let SIGTERM (`docker stop`) and SIGHUP (a closed window) raise KeyboardInterrupt.

    SIGHUP stays ignored where it is (`nohup`). Once it came, what is written to the window goes nowhere.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        return
    shown = [each for each in _OUTPUTS if os.isatty(each)]  # now: a window that is gone is no terminal

    def hung_up(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the shell sends it once more
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for each in shown:  # else writing there fails and is taken for what went wrong
            os.dup2(nowhere, each)
        os.close(nowhere)
        raise KeyboardInterrupt

    signal.signal(signal.SIGHUP, hung_up)
