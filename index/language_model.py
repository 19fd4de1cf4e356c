"""The model that tells languages apart, restricted to those that are asked for, ready in milliseconds.

py3langid (BSD) keeps it for a hundred languages in an archive that takes a second to unpack in every process.
"""

from __future__ import annotations

from array import array
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from index.packed import FOLDER, read_packed, write_packed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

LANGUAGES = ("de", "en", "fr", "pl", "nl", "uk", "tr", "cs", "it", "es", "ru")
PACKED = FOLDER / "languages.npz"
_RELEASE = f"1 of {version('py3langid')}: {' '.join(LANGUAGES)}"  # first our own number: of the format
_PARTS = ("ptc", "pc", "classes", "nextmove", "output", "row")


def language_model() -> LanguageIdentifier:
    """Return the model of the languages that partners of German towns write."""
    return packed_model(PACKED) or plain_model(LANGUAGES)


def plain_model(languages: Sequence[str]) -> LanguageIdentifier:
    """Return the model as it comes, restricted to these languages."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(list(languages))
    return model


def packed_model(path: Path) -> LanguageIdentifier | None:
    """Return the model that `pack` wrote; None if it is not there, damaged or of another release."""
    parts = read_packed(path, _RELEASE, _PARTS)
    if parts is None:
        return None
    return LanguageIdentifier(
        parts["ptc"],
        parts["pc"],
        parts["classes"].tolist(),
        _array(parts["nextmove"]),
        parts["output"].tolist(),
        norm_probs=True,
        tk_row=_array(parts["row"]),
    )


def pack(path: Path) -> None:
    """Write the model as arrays.

    Raises:
        OSError: the folder cannot be written.
    """
    model = plain_model(LANGUAGES)
    parts = {
        "ptc": model.nb_ptc,
        "pc": model.nb_pc,
        "classes": np.array(model.nb_classes),
        "nextmove": np.array(model.tk_nextmove),
        "output": np.array(model.tk_output),
        "row": np.array(model.tk_row),
    }
    write_packed(path, _RELEASE, parts)


def _array(numbers: NDArray[np.unsignedinteger]) -> array[int]:
    """Return what the model steps through one number at a time: numpy's own arrays are slower at that."""
    made = array(numbers.dtype.char)
    made.frombytes(numbers.tobytes())
    return made
