"""How every model of the contract behaves."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer


class Model(BaseModel):
    """A model that never changes once it is made."""

    model_config = ConfigDict(frozen=True)


class Sparing(Model):
    """A model whose extras are sent only when there is something in them."""

    extras: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _without_empty_extras(self, serialise: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def] # noqa: ANN202 - a type here would replace the described schema
        sent: dict[str, Any] = serialise(self)
        return {name: value for name, value in sent.items() if value or name not in self.extras}
