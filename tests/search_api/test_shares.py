"""Work is shared out between processes, and no share gets lost without a word."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from index.errors import KnowledgeBaseError
from search_api.kept_vectors import KeptVectors
from search_api.shares import share_out
from search_api.trial import FOLDER
from tests.conftest import ROOT
from tests.fake_encoder import WordEncoder
from tests.search_api.trials import BUS, GOLD, GUESTS, furnish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.encoder import Vectors
    from tests.search_api.house import House


def test_answers_come_in_order_from_several_processes() -> None:
    answers = share_out(lambda share: f"{share} {os.getpid()}".encode(), 3)
    shares, processes = zip(*(answer.split() for answer in answers), strict=True)
    assert shares == (b"0", b"1", b"2")
    assert processes[0] == str(os.getpid()).encode()
    assert len(set(processes)) == 3


def test_a_share_that_breaks_off_is_told() -> None:
    def work(share: int) -> bytes:
        if share:
            os._exit(9)
        return b""

    with pytest.raises(KnowledgeBaseError, match=r"abgebrochen \(Code 9\)"):
        share_out(work, 2)


def test_what_a_share_refuses_is_told_in_its_own_words() -> None:
    def work(share: int) -> bytes:
        if share:
            raise KnowledgeBaseError("Der Bestand ist beschädigt.")
        return b""

    with pytest.raises(KnowledgeBaseError, match="Der Bestand ist beschädigt"):
        share_out(work, 2)


def test_nobody_works_on_when_the_first_share_fails() -> None:
    def work(share: int) -> bytes:
        if share:
            signal.pause()
        raise ValueError("first")

    with pytest.raises(ValueError, match="first"):
        share_out(work, 2)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_fork_ends_with_the_process_it_came_from() -> None:
    program = (
        "import os, signal; from search_api.shares import share_out\n"
        "share_out(lambda share: signal.pause() if share else os._exit(0), 2)"
    )
    held, given = os.pipe()  # a fork has its end for as long as it lives
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, pass_fds=[given]):
        os.close(given)
    with os.fdopen(held, "rb") as end, ThreadPoolExecutor() as reader:
        assert reader.submit(end.read).result(timeout=30) == b""


def test_questions_are_answered_alike_by_one_process_and_by_several(house: House) -> None:
    furnish(house)
    house.publish()
    asked = {number: _asked(house, number) for number in (1, 2, 3, 5)}
    assert BUS in asked[1]
    assert set(asked.values()) == {asked[1]}


def test_vectors_that_a_fork_needed_are_kept(house: House) -> None:
    furnish(house)
    house.publish()
    _asked(house, 2)
    kept = KeptVectors(Mute(), house.data / FOLDER)
    assert len(kept.encode_queries([BUS, GUESTS, GOLD])) == 3


class Mute(WordEncoder):
    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(texts)


def _asked(house: House, processes: int) -> str:
    """Ask in a process that has not opened a store yet, as the real one."""
    command = [sys.executable, "-m", "tests.search_api.asking", str(house.data), str(processes)]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return asked.stdout
