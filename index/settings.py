"""The settings of the house: environment variables `KB_…`, read by entry points only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
)

from index.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PREFIX = "KB_"
_TEST_PREFIX = "KB_TEST_"  # read by the test suite itself, no setting of the product


def _address(value: str) -> str:
    _HTTP.validate_python(value)
    return value  # as written: the type would add a slash


_HTTP: TypeAdapter[AnyHttpUrl] = TypeAdapter(AnyHttpUrl)
_Address = Annotated[str, AfterValidator(_address)]


_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?")  # RFC 6454, without what a policy could read


def _origins(value: str) -> str:
    if not all(_ORIGIN.fullmatch(each) for each in value.split()):
        raise ValueError("an origin is a scheme and a host: https://www.example.org")
    return value


_Origins = Annotated[str, AfterValidator(_origins)]


def _page(value: str) -> str:
    parts = _HTTP.validate_python(value)
    if parts.query is not None or parts.fragment is not None:
        raise ValueError("the address of a page, to which a question is appended")
    return value


_Page = Annotated[str, AfterValidator(_page)]


class SettingsError(KnowledgeBaseError):
    """A setting is unknown or has an impossible value."""


class Settings(BaseModel):
    """All settings with their defaults; each field is the variable KB_<NAME> in lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    corpus: Path = Field(Path("corpus"), description="folder with the materials")
    data: Path = Field(Path("var"), description="folder for index, models and database")
    qdrant_url: _Address | None = Field(None, description="Qdrant server; unset: embedded Qdrant Edge")
    qdrant_api_key: SecretStr | None = Field(None, description="key for the Qdrant server")
    model: str | None = Field(None, description="hub id or path of another encoder; unset: the bundled model")
    host: str = Field("127.0.0.1", description="address that the search API listens on")
    port: int = Field(8000, ge=1, le=65535, description="port that the search API listens on")
    api_url: _Address = Field("http://127.0.0.1:8000", description="where the page reaches the search API")
    contact: str | None = Field(None, max_length=300, description="whom to ask where the search has nothing")
    embed_origins: _Origins | None = Field(None, description="sites that may show the pages in a frame")
    page_url: _Page | None = Field(
        None, description="public address of the page, for links in an Antwortmappe"
    )
    database_url: SecretStr | None = Field(None, description="database; unset: SQLite under KB_DATA")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `environ` holds; an empty value counts as unset.

    Raises:
        SettingsError: an unknown KB_ name or an impossible value; the text names all of them
            and never a value, since a value may be a secret.
    """
    values = {
        name.removeprefix(_PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(_PREFIX) and not name.startswith(_TEST_PREFIX) and value.strip()
    }
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    problems = [f"{_PREFIX}{str(e['loc'][0]).upper()} ({_reason(e['type'])})" for e in error.errors()]
    known = ", ".join(f"{_PREFIX}{name.upper()}" for name in Settings.model_fields)
    return f"Ungültige Einstellung: {', '.join(problems)}. Bekannt sind: {known}."


def _reason(error_type: str) -> str:
    return "unbekannter Name" if error_type == "extra_forbidden" else "unmöglicher Wert"
