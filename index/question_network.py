"""A BERT as a graph for ONNX Runtime: the same arithmetic as on torch, a quarter of the time a question.

Built from the weights of the unpacked model, so nothing but them has to be kept or verified. It begins
behind the word embeddings: they are most of the model (384 of 470 MB), and a question needs a dozen rows.
Operators: ONNX 17 and ONNX Runtime's own (https://onnxruntime.ai/docs/reference/operators/ContribOperators.html).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import TensorProto, helper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from onnx import NodeProto, ValueInfoProto

    Weights = Mapping[str, NDArray[np.float32]]

EMBEDDINGS, MASK, HIDDEN = "embeddings", "mask", "hidden"  # the graph's inputs and its output
_ONNX = 17  # the operator set that brought LayerNormalization
_IR = 8  # the file format of that operator set
_RUNTIME = "com.microsoft"


@dataclass(frozen=True, slots=True)
class BertShape:
    """What the weights do not say about themselves."""

    layers: int
    heads: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Network:
    """A serialised graph, and the tensors that it names without holding them: in it they would be copied."""

    graph: bytes
    constants: Mapping[str, NDArray[np.float32]]


def bert_network(weights: Weights, shape: BertShape) -> Network:
    """Return the network from summed embeddings to the hidden states of the last layer.

    Inputs: `embeddings`, float32 (texts, tokens, dimension), words, positions and types added up;
    `mask`, int32 (texts, tokens), 1 for a token and 0 for padding. Output: `hidden`, float32
    (texts, tokens, dimension). Names of `weights` are those of the transformers library's BertModel.
    """
    builder = _Builder(weights, shape.epsilon)
    flow = builder.normalised("embeddings.LayerNorm", EMBEDDINGS)
    for layer in range(shape.layers):
        flow = _layer(builder, f"encoder.layer.{layer}", flow, shape.heads)
    builder.add("Identity", [flow], HIDDEN)
    dimension = len(weights["embeddings.LayerNorm.weight"])
    graph = helper.make_graph(
        builder.nodes,
        "bert",
        [_tensor(EMBEDDINGS, TensorProto.FLOAT, dimension), _tensor(MASK, TensorProto.INT32)],
        [_tensor(HIDDEN, TensorProto.FLOAT, dimension)],
        [_named(name, values.shape) for name, values in builder.constants.items()],
    )
    sets = [helper.make_opsetid("", _ONNX), helper.make_opsetid(_RUNTIME, 1)]
    model = helper.make_model(graph, opset_imports=sets, ir_version=_IR)
    return Network(model.SerializeToString(), builder.constants)


def _named(name: str, shape: Sequence[int]) -> TensorProto:
    tensor = TensorProto(
        name=name, dims=shape, data_type=TensorProto.FLOAT, data_location=TensorProto.EXTERNAL
    )
    tensor.external_data.add(key="location", value="memory")
    return tensor


def _tensor(name: str, kind: int, *rest: int) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, ["texts", "tokens", *rest])


def _layer(builder: _Builder, layer: str, flow: str, heads: int) -> str:
    """Add one transformer block behind `flow` and return its output."""
    three = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
    into = builder.constant(f"{layer}.in", np.concatenate([builder.matrix(part) for part in three], axis=1))
    bias = builder.constant(f"{layer}.bias", np.concatenate([builder.bias(part) for part in three]))
    seen = builder.add("Attention", [flow, into, bias, MASK], f"{layer}.seen", _RUNTIME, num_heads=heads)
    flow = builder.added(f"{layer}.attention.output", seen, flow)
    wide = builder.multiplied(f"{layer}.intermediate.dense", flow)
    bent = builder.add(
        "BiasGelu", [wide, builder.own(f"{layer}.intermediate.dense.bias")], f"{layer}.bent", _RUNTIME
    )
    return builder.added(f"{layer}.output", bent, flow)


class _Builder:
    """Nodes and constants of a graph in the making; every method returns the name of what it added."""

    def __init__(self, weights: Weights, epsilon: float) -> None:
        self._weights = weights
        self._epsilon = epsilon
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, NDArray[np.float32]] = {}

    def matrix(self, name: str) -> NDArray[np.float32]:
        """Return a linear layer's weights, shape (inputs, outputs)."""
        return self._weights[f"{name}.weight"].T

    def bias(self, name: str) -> NDArray[np.float32]:
        """Return a linear layer's bias, shape (outputs,)."""
        return self._weights[f"{name}.bias"]

    def constant(self, name: str, values: NDArray[np.float32]) -> str:
        """Add a tensor."""
        self.constants[name] = np.ascontiguousarray(values)
        return name

    def own(self, name: str) -> str:
        """Add one of the model's vectors as it is."""
        return self.constant(name, self._weights[name])

    def add(
        self,
        operator: str,
        inputs: Sequence[str],
        output: str,
        domain: str = "",
        **attributes: Any,  # noqa: ANN401 - of many kinds
    ) -> str:
        """Add an operator."""
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def normalised(self, name: str, flow: str) -> str:
        """Add a layer normalisation."""
        inputs = [flow, self.own(f"{name}.weight"), self.own(f"{name}.bias")]
        return self.add("LayerNormalization", inputs, f"{name}.out", axis=-1, epsilon=self._epsilon)

    def multiplied(self, name: str, flow: str) -> str:
        """Add a linear layer without its bias."""
        return self.add("MatMul", [flow, self.constant(f"{name}.weight", self.matrix(name))], f"{name}.out")

    def added(self, name: str, flow: str, residual: str) -> str:
        """Add a linear layer, what it is added to, and the normalisation of both."""
        product = self.multiplied(f"{name}.dense", flow)
        norm = [self.own(f"{name}.LayerNorm.weight"), self.own(f"{name}.LayerNorm.bias")]
        inputs = [product, residual, *norm, self.own(f"{name}.dense.bias")]
        return self.add("SkipLayerNormalization", inputs, f"{name}.out", _RUNTIME, epsilon=self._epsilon)
