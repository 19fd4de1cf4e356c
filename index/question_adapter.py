"""What was learned about questions: a small update of the bundled model, for their side only.

People ask in other words than texts answer in. The update (low-rank, Hu et al., "LoRA",
arXiv:2106.09685) was trained by `python -m benchmarks.adapter` on pairs of question and passage
in ten languages; passages are encoded by the plain model, so an index does not depend on it.
"""

from __future__ import annotations

import copy
import hashlib
import math
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load, save_file
from torch import nn

from index.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sentence_transformers import SentenceTransformer

ADAPTER = Path(__file__).parent / "question_adapter.safetensors"
SHA256 = (
    "f7d4484b0270fd71281bc0100ce69c37ebffd1f745b1c3bdb330a56839720611"  # of the file, printed by the training
)
_RANK = 8
_SCALE = 2.0  # of the update while it is learned; the usual alpha / rank
# How much of what was learned is used. Between the plain model and the trained one lies a model that
# gains on new fields and loses nothing on old ones (Wortsman et al., "Robust fine-tuning of zero-shot
# models", arXiv:2109.01903); on the judged sets .4 to .8 are alike, 1 costs the legal set a point.
_SHARE = 0.6


class LowRank(nn.Module):
    """A linear layer plus a learned update of low rank: x ↦ Wx + b + scale · up(down(x))."""

    def __init__(self, plain: nn.Linear, name: str) -> None:
        super().__init__()
        self.plain, self.name = plain, name
        start = torch.randn(_RANK, plain.in_features) / math.sqrt(plain.in_features)
        self.down = nn.Parameter(start)
        self.up = nn.Parameter(torch.zeros(plain.out_features, _RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the layer's output, shape (…, out features)."""
        update: torch.Tensor = self.plain(x) + _SCALE * (x @ self.down.T) @ self.up.T
        return update


def with_low_rank(model: nn.Module) -> list[LowRank]:
    """Put an update beside every linear layer of a transformer, freeze the rest, return the updates."""
    model.requires_grad_(requires_grad=False)
    layers = []
    for parent, child, linear in list(_linear_layers(model)):
        layers.append(LowRank(linear, f"{parent}.{child}"))
        setattr(model.get_submodule(parent), child, layers[-1])
    return layers


def save(layers: Sequence[LowRank]) -> str:
    """Write the updates in half precision and return the file's sha256."""
    tensors = {}
    for layer in layers:
        tensors[f"{layer.name}.down"] = layer.down.detach().half().contiguous()
        tensors[f"{layer.name}.up"] = layer.up.detach().half().contiguous()
    save_file(tensors, ADAPTER)
    ADAPTER.chmod(0o644)  # the library writes it for its owner only
    return hashlib.sha256(ADAPTER.read_bytes()).hexdigest()


def adapted(model: SentenceTransformer) -> SentenceTransformer:
    """Return a copy of the model with the update merged in; it shares word embeddings and tokenizer (600 MB).

    Raises:
        ModelError: the file is not the one that belongs to this release.
    """
    content = ADAPTER.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        message = f"Die Datei {ADAPTER.name} ist beschädigt. Bitte installieren Sie das Programm neu."
        raise ModelError(message)
    tensors = load(content)
    shared = (model[0].get_submodule("model.embeddings"), model.tokenizer)
    twin = copy.deepcopy(model, {id(each): each for each in shared})
    with torch.no_grad():
        for parent, child, linear in _linear_layers(twin[0].get_submodule("model")):
            name = f"{parent}.{child}"
            up, down = tensors[f"{name}.up"].float(), tensors[f"{name}.down"].float()
            linear.weight += _SHARE * _SCALE * up @ down
    return twin


def _linear_layers(model: nn.Module) -> Iterator[tuple[str, str, nn.Linear]]:
    """Yield parent's name, own name and layer of every linear layer in the transformer's blocks."""
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and name.startswith("encoder.layer."):
            parent, _, child = name.rpartition(".")
            yield parent, child, module
