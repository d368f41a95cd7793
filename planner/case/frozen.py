"""Mappings that cannot be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V], Generic[K, V]):
    """A dict that cannot be changed, can be hashed by its items' order-free content, and can be pickled."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("a case is immutable")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return (FrozenDict, (dict(self),))

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


Selection = FrozenDict[str, tuple[str, ...]]  # column -> allowed values; all must hold; {} = everything


def frozen(mapping: Mapping[K, V]) -> FrozenDict[K, V]:
    """The same mapping, immutable."""
    return FrozenDict(mapping)
