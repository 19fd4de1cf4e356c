"""Many people search while the corpus changes: nobody gets an error, nobody a mixture."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.search_api.house import House

THREADS = 8
STATES = 5
SEARCHES = 60  # begun before each publication and answered side by side with it
SOURCES = {  # two texts that say different things, so that neither stands for the other
    "handbuch/a.md": "# Beschluss\n\nStand {state} gilt für alle Fahrten nach Frankreich.\n",
    "handbuch/b.md": "# Protokoll\n\nDer Rat hat im Rathaus getagt und entschieden: Stand {state}.\n",
}


def write_state(house: House, state: int) -> None:
    for source, text in SOURCES.items():
        house.write(source, text.format(state=state))


def publish_state(house: House, state: int) -> None:
    write_state(house, state)
    house.publish()


def whole(state: int) -> tuple[str, ...]:
    """Return what an answer shows that comes from one state alone."""
    return (str(state),) * len(SOURCES)


class _Visitors:
    """Threads that search as often as they are asked to; `answers` holds the states each answer showed."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._turns = threading.Semaphore(0)
        self._done = threading.Semaphore(0)
        self._asked = 0
        self._leaving = threading.Event()
        self.answers: list[tuple[str, ...]] = []
        self.failures: list[str] = []
        self._threads = [threading.Thread(target=self._visit) for _ in range(THREADS)]
        for thread in self._threads:
            thread.start()

    def search(self, times: int) -> None:
        """Begin so many searches; they run side by side with whatever comes next."""
        self._asked += times
        self._turns.release(times)

    def wait(self) -> None:
        """Return once all searches have their answer."""
        for _ in range(self._asked):
            assert self._done.acquire(timeout=60)
        self._asked = 0

    def leave(self) -> None:
        self._leaving.set()
        self._turns.release(THREADS)
        for thread in self._threads:
            thread.join(timeout=60)
            assert not thread.is_alive()

    def _visit(self) -> None:
        while self._turns.acquire() and not self._leaving.is_set():
            answer = self._house.search("Welcher Stand gilt?")
            if answer.status_code == 200:
                texts = " ".join(hit["text"] for hit in answer.json()["hits"])
                self.answers.append(tuple(re.findall(r"\d+", texts)))
            else:
                self.failures.append(answer.text)
            self._done.release()


def test_no_search_fails_and_no_answer_mixes_two_states_while_the_corpus_changes(house: House) -> None:
    publish_state(house, 0)
    with house.client:  # one event loop for all requests, as in a server
        visitors = _Visitors(house)
        try:
            visitors.search(THREADS)
            visitors.wait()
            for state in range(1, STATES + 1):
                visitors.search(SEARCHES)
                publish_state(house, state)
                visitors.wait()
                visitors.search(THREADS)
                visitors.wait()
                assert visitors.answers[-THREADS:] == [whole(state)] * THREADS, visitors.failures
        finally:
            visitors.leave()
    assert visitors.failures == []
    assert set(visitors.answers) == {whole(state) for state in range(STATES + 1)}


def test_searches_go_on_while_500_passages_are_taken_in(house: House) -> None:
    publish_state(house, 0)
    write_state(house, 1)
    sections = "\n\n".join(f"## Abschnitt {'x' * number}\n\nEine Wiese blüht." for number in range(1, 501))
    house.write("handbuch/wiese.md", f"# Wiesen\n\n{sections}\n")
    job = threading.Thread(target=house.publish)
    answers = []
    with house.client:
        job.start()
        while job.is_alive():
            answers.append(house.search("Welcher Stand gilt?"))
        job.join()
        answers.append(house.search("Welcher Stand gilt?"))
    assert len(answers) > 10
    assert {answer.status_code for answer in answers} == {200}
    texts = [" ".join(hit["text"] for hit in answer.json()["hits"]) for answer in answers]
    states = [tuple(re.findall(r"\d+", text)) for text in texts]
    assert set(states) == {whole(0), whole(1)}
    assert states[-1] == whole(1)
