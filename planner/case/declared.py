"""How a thing of a case is declared, once: a frozen class whose fields say what they mean.

    class Link(Row, counts_as="Link"):
        '''A stretch between two cities.'''

        km: Amount | None = says("length", default=None, unit="km")

From these fields a row of a table, or what stands under a key of case.yaml, is read and checked, described, shown in forms
and written back. A field that is `worked_out` stands in no file: it follows from others once all is read. So a thing has
two states, as read and filled. Where a file may leave empty what is never empty when filled, the type of the field is that
of the filled one, and `AsRead` tells what a file may hold.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Generic, NoReturn, Self, TypeVar, dataclass_transform, get_args, get_origin, get_type_hints

from pydantic import GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from planner.words.said import _

K = TypeVar("K")
V = TypeVar("V")
SAID = "said"  # under which a field's metadata hold what it says


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

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        keys, values = (handler.generate_schema(kind) for kind in get_args(source))
        return core_schema.no_info_after_validator_function(cls, core_schema.dict_schema(keys, values))


Selection = FrozenDict[str, tuple[str, ...]]  # column -> allowed values; all must hold; {} = everything


def frozen(mapping: Mapping[K, V]) -> FrozenDict[K, V]:
    """The same mapping, immutable."""
    return FrozenDict(mapping)


def frozen_tree(value: Any) -> Any:
    """The same keys and values, immutable: dicts become FrozenDict, lists tuples."""
    if isinstance(value, Mapping):
        return FrozenDict({key: frozen_tree(v) for key, v in value.items()})
    if isinstance(value, list | tuple):
        return tuple(frozen_tree(v) for v in value)
    return value


def unfrozen(value: Any) -> Any:
    """The same keys and values as plain dicts and lists, for writing."""
    if isinstance(value, Mapping):
        return {str(key): unfrozen(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [unfrozen(v) for v in value]
    return value


@dataclass(frozen=True)
class AsRead:
    """Within `Annotated`: what a file may hold, where that is another type than that of the filled thing."""

    kind: Any


@dataclass(frozen=True)
class Key:
    """A column of a table or a key of case.yaml, as it is declared.

    Attributes
    ----------
    field, name
        What it is called in the program, and in files.
    kind
        Type of what a file may hold, with converter and limits.
    description, unit
        What a reader needs to know.
    default
        Of an empty cell, or a key that is not there; MISSING = it is needed.
    empty
        What an empty value means where that is worked out from other data.
    names
        What it names, such as "a city"; every such name must exist.
    by_period
        Of a column that has others beside it, one for each period: what these are.
    """

    field: str
    name: str
    kind: Any
    description: str
    unit: str
    default: Any
    empty: str
    names: str
    by_period: str

    @property
    def needed(self) -> bool:
        """Whether it must be there."""
        return self.default is dataclasses.MISSING


def says(
    description: str,
    *,
    default: Any = dataclasses.MISSING,
    unit: str = "",
    empty: str = "",
    key: str = "",
    names: str = "",
    by_period: str = "",
    needed: bool = False,
    later: bool = False,
) -> Any:
    """A field that stands in files; see `Key`.

    `needed`: a file must say it although there is a default. `later`: it came when there were plans already; the content
    of a case that leaves it empty is as it was before, so that they remain plans of it.
    """
    texts = {"description": description, "unit": unit, "empty": empty, "names": names, "by_period": by_period}
    said = {kind: _(text) if text else "" for kind, text in texts.items()}
    needed = needed or default is dataclasses.MISSING
    return dataclasses.field(default=default, metadata={SAID: said, "key": key, "needed": needed, "later": later})


def worked_out(*, default: Any = dataclasses.MISSING, counts: bool = True) -> Any:
    """A field that stands in no file: it follows from others. `counts`: things that differ in it are not equal."""
    return dataclasses.field(default=default, compare=counts, repr=counts)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(says, worked_out))
@dataclass(frozen=True, kw_only=True)
class Thing:
    """Base of everything that is declared: unknown keys are errors, and nothing changes after reading.

    `counts_as` is the name by which the content hash knows the kind: it stays, however the class is called.
    """

    counts_as: ClassVar[str] = ""

    def __init_subclass__(cls, counts_as: str = "") -> None:
        cls.counts_as = counts_as
        dataclass(frozen=True, kw_only=True)(cls)

    @classmethod
    def declares(cls) -> Mapping[str, Key]:
        """Its columns or keys by the names of its fields, in the order in which they are written."""
        kind: Any = cls
        return _keys_of(kind)

    @classmethod
    def read(cls, given: Any) -> Self:
        """The thing that cells or keys say.

        Raises
        ------
        pydantic.ValidationError
            With everything that is wrong.
        """
        kind: Any = cls
        found: Self = _reader(kind).validate_python(given)
        return found

    def check(self) -> None:
        """Refuse, with a ValueError, what contradicts itself as read."""

    @property
    def silent(self) -> frozenset[str]:
        """Its fields that say nothing for a thing of its kind: they must not be given, and are not written."""
        return frozenset()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        keys = cls.declares().values()
        fields = {
            key.name: core_schema.typed_dict_field(handler.generate_schema(key.kind), required=key.needed) for key in keys
        }
        named = {key.name: key.field for key in keys}

        def made(values: dict[str, Any]) -> Thing:
            thing = cls(**{named[name]: value for name, value in values.items()})
            thing.check()
            return thing

        keyed = core_schema.typed_dict_schema(fields, extra_behavior="forbid", cls_name=cls.__name__)
        return core_schema.no_info_after_validator_function(made, keyed)


@cache
def _keys_of(cls: type[Thing]) -> Mapping[str, Key]:
    hints = get_type_hints(cls, include_extras=True)
    found = {}
    for f in dataclasses.fields(cls):
        if SAID in f.metadata:
            default = dataclasses.MISSING if f.metadata["needed"] else f.default
            name = f.metadata["key"] or f.name
            found[f.name] = Key(f.name, name, _kind_as_read(hints[f.name]), default=default, **f.metadata[SAID])
    return found


def _kind_as_read(hint: Any) -> Any:
    """A type without what only the filled thing has."""
    notes = getattr(hint, "__metadata__", ())
    return next((note.kind for note in notes if isinstance(note, AsRead)), hint)


@cache
def _reader(cls: type[Thing]) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def things_in(kind: Any) -> tuple[type[Thing], ...]:
    """The kinds of things within a type: of a table name -> thing, a list of them, or one itself."""
    if isinstance(kind, type) and issubclass(kind, Thing):
        return (kind,)
    inner = (kind.__origin__,) if hasattr(kind, "__metadata__") else get_args(kind)
    return tuple(found for part in inner for found in things_in(part))


def depth_of(kind: Any) -> int:
    """How many names of keys, or places in lists, lie between a key of this type and the things within."""
    if hasattr(kind, "__metadata__"):
        return depth_of(kind.__origin__)
    inner = [part for part in get_args(kind) if things_in(part)]
    return max((depth_of(part) for part in inner), default=0) + (get_origin(kind) in (FrozenDict, tuple))


def exactly_one(thing: Thing, first: str, second: str) -> None:
    """Refuse a thing in which both of two keys are given, or neither."""
    if (getattr(thing, first) is None) == (getattr(thing, second) is None):
        raise ValueError(_("needs {first} or {second}, one of the two").format(first=first, second=second))
