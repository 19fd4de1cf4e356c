"""A long piece of work shared out between this process and forks of it."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

_DONE, _REFUSED = b"+", b"-"  # how a fork's answer begins


def can_share() -> bool:
    """Whether processes can be forked here."""
    return "fork" in multiprocessing.get_all_start_methods()


def share_out(work: Callable[[int], bytes], shares: int) -> list[bytes]:
    """Return what `work` gives for each share, 0 to `shares` - 1; all but the first are done in forks.

    A fork has none of the threads of this process: nothing that `work` needs may have started any, no
    store may be open and no model loaded.

    Raises:
        KnowledgeBaseError: `work` raised it in a fork, or a fork broke off.
    """
    forks = [_begin(work, share) for share in range(1, shares)]
    try:
        return [work(0), *(_received(*fork) for fork in forks)]
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
    for stream in (sys.stdin, sys.stdout):  # these are the first process's: what it says must stay its own
        os.dup2(nowhere, stream.fileno())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        answer = _DONE + work(share)
    except KnowledgeBaseError as error:
        answer = _REFUSED + str(error).encode()
    sender.send_bytes(answer)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)  # nobody is there to take the answer


def _received(process: ForkProcess, answer: Connection) -> bytes:
    try:
        said = answer.recv_bytes()
    except EOFError as error:
        process.join()
        message = (
            f"Ein Teil der Arbeit ist abgebrochen (Code {process.exitcode}). Bitte noch einmal versuchen."
        )
        raise KnowledgeBaseError(message) from error
    if said.startswith(_REFUSED):
        raise KnowledgeBaseError(said.removeprefix(_REFUSED).decode())
    return said.removeprefix(_DONE)
