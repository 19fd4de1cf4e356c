"""What was learned about questions: a small update of the bundled model, for their side only.

People ask in other words than texts answer in. The update (low-rank, Hu et al., "LoRA",
arXiv:2106.09685) was trained by `python -m benchmarks.adapter` on pairs of question and passage
in ten languages; passages are encoded by the plain model, so an index does not depend on it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import load

from index.errors import ModelError

if TYPE_CHECKING:
    from index.question_network import Weights

ADAPTER = Path(__file__).parent / "question_adapter.safetensors"
SHA256 = (
    "f017f2ce504dd0b49f4953b501ca605b92295b6b3ffa2571ba294c6b2d243067"  # of the file, printed by the training
)
SCALE = 2.0  # of the update while it is learned; the usual alpha / rank
# How much of what was learned is used. Between the plain model and the trained one lies a model that
# gains on new fields and loses nothing on old ones (Wortsman et al., "Robust fine-tuning of zero-shot
# models", arXiv:2109.01903). `python -m benchmarks.ablation` prints the sets with none, this share and all.
SHARE = 0.7


def revision(share: float = SHARE) -> str:
    """Return the bundled model's `questions_revision` with this share, without loading anything."""
    return f"{SHA256[:12]} x {share}" if share else "plain"


def adapted(weights: Weights, share: float = SHARE) -> Weights:
    """Return the model's weights with the update merged in: W + share · scale · up · down.

    Raises:
        ModelError: the file is not the one that belongs to this release.
    """
    content = ADAPTER.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        message = f"Die Datei {ADAPTER.name} ist beschädigt. Bitte installieren Sie das Programm neu."
        raise ModelError(message)
    learned = load(content)
    merged = dict(weights)
    for name in (name.removesuffix(".up") for name in learned if name.endswith(".up")):
        up, down = (learned[f"{name}.{part}"].astype(np.float32) for part in ("up", "down"))
        merged[f"{name}.weight"] = weights[f"{name}.weight"] + np.float32(share * SCALE) * (up @ down)
    return merged
