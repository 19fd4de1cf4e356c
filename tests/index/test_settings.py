"""Settings: what is set is used, what is wrong is named, what is secret stays secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import KnowledgeBaseError
from index.settings import Settings, SettingsError, read_settings
from index.store import connect_store

SECRET = "streng-geheim"


def refusal(**environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings(environ)
    return str(caught.value)


def test_the_defaults_are_those_of_the_contract() -> None:
    settings = read_settings({})
    assert (settings.corpus, settings.data) == (Path("corpus"), Path("var"))
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.api_url == "http://127.0.0.1:8000"
    assert settings.qdrant_url is None
    assert settings.qdrant_api_key is None
    assert settings.model is None
    assert settings.database_url is None


def test_every_setting_is_read_from_its_variable() -> None:
    settings = read_settings(
        {
            "KB_CORPUS": "/srv/material",
            "KB_DATA": "/srv/daten",
            "KB_QDRANT_URL": "http://qdrant:6333",
            "KB_QDRANT_API_KEY": SECRET,
            "KB_MODEL": "/srv/modell",
            "KB_HOST": "0.0.0.0",
            "KB_PORT": "9000",
            "KB_API_URL": "https://example.org/suche",
            "KB_DATABASE_URL": f"postgresql://x:{SECRET}@db/y",
        }
    )
    assert settings.corpus == Path("/srv/material")
    assert settings.data == Path("/srv/daten")
    assert settings.qdrant_url == "http://qdrant:6333"
    assert settings.qdrant_api_key is not None
    assert settings.qdrant_api_key.get_secret_value() == SECRET
    assert settings.model == "/srv/modell"
    assert (settings.host, settings.port) == ("0.0.0.0", 9000)
    assert settings.api_url == "https://example.org/suche"
    assert settings.database_url is not None


@pytest.mark.parametrize("name", ["KB_PROT", "KB_", "KB_CORPUS_DIR", "KB_QDRANT"])
def test_an_unknown_name_is_refused_by_name_and_the_known_ones_are_listed(name: str) -> None:
    message = refusal(**{name: "x"})
    assert f"{name} (unbekannter Name)" in message
    assert all(f"KB_{field.upper()}" in message for field in Settings.model_fields)


@pytest.mark.parametrize("name", ["PATH", "HOME", "KBX", "XKB_PORT", "KB", "KB_TEST_QDRANT_URL"])
def test_other_programs_variables_are_none_of_ours(name: str) -> None:
    assert read_settings({name: "x"}) == read_settings({})


@pytest.mark.parametrize("value", ["", " ", "\t"])
@pytest.mark.parametrize("field", Settings.model_fields)
def test_an_empty_value_counts_as_unset(field: str, value: str) -> None:
    assert read_settings({f"KB_{field.upper()}": value}) == read_settings({})


@pytest.mark.parametrize("port", ["0", "-1", "65536", "achttausend", "80.5", "8000 8001"])
def test_an_impossible_port_is_refused_by_name(port: str) -> None:
    message = refusal(KB_PORT=port)
    assert "KB_PORT (unmöglicher Wert)" in message
    assert f" {port} " not in message


@pytest.mark.parametrize(("port", "number"), [("1", 1), ("65535", 65535), (" 8080 ", 8080)])
def test_every_possible_port_is_taken(port: str, number: int) -> None:
    assert read_settings({"KB_PORT": port}).port == number


@pytest.mark.parametrize(
    "url", ["lotse.example.org", "ftp://lotse.example.org", "https://x.org/?q=1", "https://x.org/#a"]
)
def test_the_address_of_the_page_is_one_to_which_a_question_can_be_appended(url: str) -> None:
    assert "KB_PAGE_URL (unmöglicher Wert)" in refusal(KB_PAGE_URL=url)


@pytest.mark.parametrize("url", ["https://lotse.example.org", "http://10.0.0.5:8501/", "https://x.org/suche"])
def test_the_address_of_the_page_is_kept_as_written(url: str) -> None:
    assert read_settings({"KB_PAGE_URL": url}).page_url == url


def test_all_mistakes_are_named_at_once() -> None:
    message = refusal(KB_PORT="x", KB_PROT="8000", KB_DATEN="y")
    assert all(name in message for name in ("KB_PORT (", "KB_PROT (", "KB_DATEN ("))


def test_a_refusal_is_one_line_and_holds_no_value() -> None:
    message = refusal(KB_PORT=SECRET, KB_QDRANT_API_KEY=SECRET, KB_QDRANT_APIKEY=SECRET)
    assert "\n" not in message
    assert SECRET not in message


def test_a_refusal_carries_no_secret_in_its_chain_either() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"KB_PORT": SECRET})
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_settings_never_print_a_secret() -> None:
    settings = read_settings(
        {"KB_QDRANT_API_KEY": SECRET, "KB_DATABASE_URL": f"postgresql://x:{SECRET}@db/y"}
    )
    for shown in (repr(settings), str(settings), settings.model_dump_json(), str(settings.model_dump())):
        assert SECRET not in shown


def test_settings_cannot_be_changed_once_they_are_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(read_settings({}), "port", 1)  # noqa: B010 - what a type checker forbids anyway


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize("url", ["kein server", "ftp://qdrant:6333", "http://qdrant:99999"])
def test_an_impossible_qdrant_address_is_named_and_no_crash(url: str) -> None:
    with pytest.raises(KnowledgeBaseError, match="KB_QDRANT_URL"):
        connect_store(read_settings({"KB_QDRANT_URL": url})).published()
