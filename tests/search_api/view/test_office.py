"""What can be done with a case, without a page: nothing is lost, doubled or moved too far."""

from __future__ import annotations

import pytest

from search_api.schemas import CaseContent
from search_api.view.address import Address, link_to, read_address, write_address
from search_api.view.desk import Desk, read_desk
from search_api.view.office import (
    moved,
    pin_of,
    pinned,
    unpinned,
    with_answer,
    with_note,
    with_question,
    without_question,
)
from tests.search_api.view import samples

ONE, TWO, THREE = (pin_of(samples.hit(rank=rank)) for rank in (1, 2, 3))
FULL = CaseContent(questions=["Wer haftet?"], answer="Der Verein.", pins=[ONE, TWO, THREE])
KEY = "7f0c1d52-9c1e-4b7a-8f3e-2d6a5b4c3d2e"
CASE = "00000000-0000-0000-0000-000000000001"


def order(content: CaseContent) -> list[str]:
    return [pin.passage_id for pin in content.pins]


def test_a_passage_is_pinned_once_and_at_the_end() -> None:
    four = pin_of(samples.hit(rank=4))
    assert order(pinned(FULL, four)) == ["p1", "p2", "p3", "p4"]
    assert pinned(FULL, TWO.model_copy(update={"note": "neu"})) == FULL


def test_a_passage_taken_off_goes_back_to_its_place_with_its_note() -> None:
    noted = with_note(FULL, "p2", "wichtig")
    assert order(unpinned(noted, "p2")) == ["p1", "p3"]
    assert pinned(unpinned(noted, "p2"), noted.pins[1], 1) == noted


@pytest.mark.parametrize(
    ("passage", "steps", "expected"),
    [
        ("p2", -1, ["p2", "p1", "p3"]),
        ("p2", 1, ["p1", "p3", "p2"]),
        ("p1", -1, ["p1", "p2", "p3"]),
        ("p3", 9, ["p1", "p2", "p3"]),
        ("p9", 1, ["p1", "p2", "p3"]),
    ],
)
def test_a_passage_is_moved_within_the_list(passage: str, steps: int, expected: list[str]) -> None:
    assert order(moved(FULL, passage, steps)) == expected


def test_questions_stand_once_in_their_order() -> None:
    more = with_question(with_question(FULL, "Wer zahlt?"), "Wer haftet?")
    assert more.questions == ["Wer haftet?", "Wer zahlt?"]
    assert without_question(more, "Wer haftet?").questions == ["Wer zahlt?"]


def test_changes_leave_the_rest_as_it_was() -> None:
    assert with_answer(with_answer(FULL, "Niemand."), FULL.answer) == FULL
    assert with_note(with_note(FULL, "p1", "x"), "p1", "") == FULL


@pytest.mark.parametrize("desk", [Desk(KEY), Desk(KEY, CASE), Desk(KEY, CASE, keys=False)])
def test_a_desk_is_read_as_it_was_written(desk: Desk) -> None:
    assert read_desk(write_address(Address("Wer haftet?", desk=desk))) == desk


@pytest.mark.parametrize("key", ["", "x", KEY[:-1], "00000000-0000-0000-0000-000000000001"])
def test_a_guessable_or_broken_key_is_no_desk(key: str) -> None:
    assert read_desk({"seite": ["sprechstunde"], "tisch": [key]}) is None


def test_a_desk_belongs_to_the_office_hour_only() -> None:
    parameters = {"tisch": [KEY], "fall": [CASE], "q": ["Wer haftet?"]}
    assert read_desk(parameters) is None
    assert KEY not in link_to(read_address({**parameters, "seite": ["sprechstunde"]}))
