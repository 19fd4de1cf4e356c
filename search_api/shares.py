"""A long piece of work shared out between this process and forks of it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

_STANDARD = (0, 1, 2)  # input, output, errors


def can_share() -> bool:
    """Whether processes can be forked here."""
    return "fork" in multiprocessing.get_all_start_methods()


def share_out(work: Callable[[int], bytes], shares: int) -> list[bytes]:
    """Return what `work` gives for each share, 0 to `shares` - 1; all but the first are done in forks.

    A fork has none of the threads of this process: nothing that `work` needs may have started any, no
    store may be open and no model loaded.

    Raises:
        RuntimeError: a fork broke off.
    """
    forks = [_begin(work, share) for share in range(1, shares)]
    try:
        return [work(0), *(_received(answer) for _, answer in forks)]
    finally:
        for process, answer in forks:
            answer.close()
            process.kill()
            process.join()


def _begin(work: Callable[[int], bytes], share: int) -> tuple[ForkProcess, Connection]:
    context = multiprocessing.get_context("fork")
    answer, sender = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, share, sender), daemon=True)
    process.start()
    sender.close()
    return process, answer


def _do(work: Callable[[int], bytes], share: int, sender: Connection) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in _STANDARD:  # whoever reads what the first process says must not wait for its forks
        os.dup2(nowhere, descriptor)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sender.send_bytes(work(share))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)  # nobody is there to take the answer


def _received(answer: Connection) -> bytes:
    try:
        return answer.recv_bytes()
    except EOFError as error:
        raise RuntimeError("a fork broke off") from error
