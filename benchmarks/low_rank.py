"""A low-rank update beside a transformer's linear layers, while it learns (`benchmarks/adapter.py`)."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

import torch
from safetensors.torch import save_file
from torch import nn

from index.question_adapter import ADAPTER, SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RANK = 8


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
        update: torch.Tensor = self.plain(x) + SCALE * (x @ self.down.T) @ self.up.T
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


def _linear_layers(model: nn.Module) -> Iterator[tuple[str, str, nn.Linear]]:
    """Yield parent's name, own name and layer of every linear layer in the transformer's blocks."""
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and name.startswith("encoder.layer."):
            parent, _, child = name.rpartition(".")
            yield parent, child, module
