import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.view.address import FACETS, Address, files_base, link_to, read_address, write_address

WORDS = st.text(min_size=1).map(str.strip).filter(bool)
ADDRESSES = st.builds(
    Address,
    question=st.just("") | WORDS,
    filters=st.dictionaries(st.sampled_from(FACETS), st.lists(WORDS, min_size=1).map(tuple)),
    include_expired=st.booleans(),
    document=st.none() | WORDS,
    passage=st.none() | WORDS,
    second=st.none() | st.integers(0, 999_999),
    embedded=st.booleans(),
    language=st.sampled_from(("de", "en", "fr")),
    as_written=st.booleans(),
)


@given(ADDRESSES)
def test_an_address_survives_the_url(address: Address) -> None:
    assert read_address(write_address(address)) == address


def test_an_empty_url_is_the_start_page() -> None:
    assert read_address({}) == Address()
    assert link_to(Address()) == "?"


@pytest.mark.parametrize("second", ["", "-1", "1.5", "abc", "٣", "9" * 5000])
def test_a_second_that_is_no_whole_number_is_left_out(second: str) -> None:
    assert read_address({"t": [second]}).second is None


def test_unknown_parameters_are_left_out() -> None:
    assert read_address({"embed": ["true"], "kind": [], "q": ["  Wer haftet?  "]}) == Address("Wer haftet?")


def test_a_bookmark_of_an_earlier_version_still_opens() -> None:
    assert read_address({"frage": ["Wer haftet?"]}).question == "Wer haftet?"


def test_a_link_escapes_values_and_repeats_filters() -> None:
    address = Address("Öl & Co?", {"kind": ("faq", "studien")}, second=7)
    assert link_to(address, "t7") == "?q=%C3%96l+%26+Co%3F&t=7&kind=faq&kind=studien#t7"


@pytest.mark.parametrize("code", ["", "de", "EN", "xx", "<b>"])
def test_a_language_that_we_do_not_speak_is_german(code: str) -> None:
    assert read_address({"lang": [code]}) == Address()


def test_german_stands_in_no_url_and_the_others_do() -> None:
    assert link_to(Address("x", language="de")) == "?q=x"
    assert link_to(Address("x", language="fr")) == "?q=x&lang=fr"


@pytest.mark.parametrize(
    ("page", "api", "files"),
    [
        ("http://lotse.example:8501/", "http://127.0.0.1:8000", "http://lotse.example:8000"),
        ("https://lotse.example/", "http://localhost:8000/", "https://lotse.example:8000"),
        ("http://192.168.1.7:8501", "http://search-api:9000/api/", "http://192.168.1.7:9000/api"),
        ("http://[::1]:8501", "http://0.0.0.0:8000", "http://[::1]:8000"),
        ("http://localhost:8501", "http://api", "http://localhost:80"),
        ("http://lotse.example:8501", "https://api.example.org/kb/", "https://api.example.org/kb"),
        ("http://lotse.example:8501", "http://10.0.0.5:8000", "http://10.0.0.5:8000"),
        (None, "http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("", "http://api:8000", "http://api:8000"),
    ],
)
def test_files_are_reached_where_the_browser_can(page: str | None, api: str, files: str) -> None:
    assert files_base(page, api) == files
