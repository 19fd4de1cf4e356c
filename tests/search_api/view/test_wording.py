from search_api.schemas import Correction, Expansion
from search_api.view.address import Address, read_address
from search_api.view.wording import as_written_link, as_written_note
from tests.search_api.view.drawn import seen
from tests.search_api.view.samples import HOSTILE, answer, hit

ADDRESS = Address("Wer zahlt den Buss?", {"kind": ("faq",)}, embedded=True)
CORRECTED = answer(hit()).model_copy(update={"corrections": [Correction(written="Buss", meant="Bus")]})
EXPANDED = answer(hit()).model_copy(update={"expansions": [Expansion(word="Bus", means=["Reisebus"])]})


def test_what_was_put_right_or_added_can_be_undone_and_done_again() -> None:
    for answered in (CORRECTED, EXPANDED):
        there = as_written_link(answered, ADDRESS)
        assert there is not None
        assert "wortgetreu=1" in there.href
        back = as_written_link(answer(hit()), Address(ADDRESS.question, ADDRESS.filters, as_written=True))
        assert back is not None
        assert "wortgetreu" not in back.href


def test_the_filters_and_the_frame_stay() -> None:
    (way,) = seen(as_written_note(CORRECTED, ADDRESS)).xpath("//a/@href")
    assert "kind=faq" in way
    assert "embed=1" in way


def test_where_nothing_was_added_there_is_nothing_to_undo() -> None:
    assert as_written_note(answer(hit()), ADDRESS) == ""


def test_that_nothing_was_added_is_said() -> None:
    exact = Address("Buss?", as_written=True)
    shown = seen(as_written_note(answer(hit()), exact)).text_content()
    assert shown == ("Gesucht wurde genau so, wie Sie es geschrieben haben. Auch verwandte Wörter suchen")


def test_no_question_is_active() -> None:
    shown = seen(as_written_note(CORRECTED, Address(HOSTILE)))
    assert shown.xpath("//script | //img") == []


def test_only_a_plain_yes_counts() -> None:
    assert read_address({"wortgetreu": ["1"]}).as_written
    assert not read_address({"wortgetreu": ["true"]}).as_written
