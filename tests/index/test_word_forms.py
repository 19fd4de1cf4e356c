"""The dictionary knows the same words whether it was packed at the installation or is read as it comes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from index import word_forms
from index.folding import fold
from index.packed import write_packed
from index.word_forms import PACKED, PackedForms, PlainForms, pack, packed_forms

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 97  # of 1.1 million forms: enough to meet every kind


@pytest.fixture(scope="module")
def plain() -> PlainForms:
    return PlainForms()


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> PackedForms:
    path = tmp_path_factory.mktemp("packed") / "new" / "word_forms.npz"
    pack(path)
    found = packed_forms(path)
    assert found is not None
    return found


def test_the_packed_dictionary_answers_as_the_plain_one(packed: PackedForms, plain: PlainForms) -> None:
    for form in islice(plain.forms, 0, None, EVERY):
        for asked in (form, form[:-1], form.lower(), form + "x"):
            assert packed.word(asked) == plain.word(asked), asked
            assert packed.has_noun(fold(asked)) == plain.has_noun(fold(asked)), asked


def test_it_knows_nouns_with_umlauts_under_their_plain_letters(packed: PackedForms) -> None:
    assert packed.word("Zuschüssen") == "Zuschuss"
    assert packed.has_noun(fold("Zuschüssen"))
    assert not packed.has_noun("zuschussen" + "x")
    assert packed.word("") is None


def test_the_installation_has_packed_it() -> None:
    assert packed_forms(PACKED) is not None


@pytest.mark.parametrize("damage", ["cut", "changed", "other", "missing"])
def test_a_damaged_file_is_not_used(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "word_forms.npz"
    content = PACKED.read_bytes()
    middle = len(content) // 2
    damaged = {
        "cut": content[:middle],
        "changed": content[:middle]
        + bytes(255 - byte for byte in content[middle : middle + 9])
        + content[middle + 9 :],
        "other": b"no archive at all",
    }
    if damage in damaged:
        path.write_bytes(damaged[damage])
    assert packed_forms(path) is None


def test_that_of_another_release_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "word_forms.npz"
    path.write_bytes(PACKED.read_bytes())
    assert packed_forms(path) is not None
    monkeypatch.setattr("index.word_forms._RELEASE", "1 of 99.0")
    assert packed_forms(path) is None


def test_a_dictionary_without_all_of_its_arrays_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "word_forms.npz"
    write_packed(path, word_forms._RELEASE, {})
    assert packed_forms(path) is None


def test_a_dictionary_with_a_flipped_bit_in_its_directory_is_not_used_or_whole(tmp_path: Path) -> None:
    path = tmp_path / "word_forms.npz"
    content = PACKED.read_bytes()
    start = content.rindex(b"PK\x01\x02")  # the last entry of the archive's directory
    for place in range(start, start + 46, 2):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        found = packed_forms(path)
        assert found is None or found.word("Zuschüssen") == "Zuschuss"
