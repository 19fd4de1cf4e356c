"""Many people search while the corpus changes: nobody gets an error, nobody a mixture."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.search_api.house import House

THREADS = 8
STATES = 5
SOURCES = ("handbuch/a.md", "handbuch/b.md")


def publish_state(house: House, state: int) -> None:
    for source in SOURCES:
        house.write(source, f"# Beschluss\n\nStand {state} gilt.\n")
    house.publish()


class _Visitors:
    """Threads that search until told to stop; `answers` holds the states that each answer showed."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._stop = threading.Event()
        self._asked = threading.Semaphore(0)  # rises with every answer
        self.answers: list[tuple[str, ...]] = []
        self.failures: list[str] = []
        self._threads = [threading.Thread(target=self._search) for _ in range(THREADS)]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait_for_fresh_answers(self) -> None:
        """Wait for so many answers that some of their requests began after this call."""
        while self._asked.acquire(blocking=False):
            pass
        for _ in range(2 * THREADS):
            assert self._asked.acquire(timeout=30)

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=30)
            assert not thread.is_alive()

    def _search(self) -> None:
        while not self._stop.is_set():
            answer = self._house.search("Welcher Stand gilt?")
            if answer.status_code == 200:
                hits = answer.json()["hits"]
                states = (re.findall(r"\d+", hit["text"]) for hit in hits)
                self.answers.append(tuple(state for found in states for state in found))
            else:
                self.failures.append(answer.text)
            self._asked.release()


def test_no_search_fails_and_no_answer_mixes_two_states_while_the_corpus_changes(house: House) -> None:
    publish_state(house, 0)
    visitors = _Visitors(house)
    with house.client:  # one event loop for all requests, as in a server
        visitors.begin()
        try:
            for state in range(1, STATES + 1):
                visitors.wait_for_fresh_answers()
                publish_state(house, state)
            visitors.wait_for_fresh_answers()
        finally:
            visitors.end()
    assert visitors.failures == []
    assert set(visitors.answers) == {(str(state),) * len(SOURCES) for state in range(STATES + 1)}
