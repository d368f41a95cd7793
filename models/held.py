"""A model that is held: given other figures, it states anew only what reads them.

What each row, expression and bound reads of the instance is seen while it is stated, also through the expressions that it
speaks of. So nothing has to be said twice, and a block that is added to the contents page is held like the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from models.instance import Gap, Instance, Parameters
from models.program import Model

Read = type[Parameters] | str  # a block's record, or what all of them say together


class OtherStructure(Exception):
    """Other figures that ask for other rows or decisions, and not only for other numbers in them."""


class _Reads:
    """What is read now, and by whom; apart from the model, whose own attributes Pyomo looks after, which takes its time."""

    def __init__(self) -> None:
        self.now: set[Read] = set()
        self.of: dict[str, set[Read]] = {}  # component -> what it reads
        self.expressed: dict[str, set[Read]] = {}  # those of the expressions, which whoever speaks of one reads, too

    @contextmanager
    def by(self, name: str) -> Iterator[None]:
        """What is read within it is what the component reads."""
        before, self.now = self.now, self.of.setdefault(name, set())
        try:
            yield
        finally:
            self.now = before


class _Watched:
    """An instance that tells a model what is read of it."""

    def __init__(self, given: Instance, reads: _Reads) -> None:
        self._given, self._reads = given, reads

    def __getitem__(self, kind: type[Parameters]) -> Parameters:
        self._reads.now.add(kind)
        return self._given[kind]

    @property
    def periods(self) -> tuple[str, ...]:
        return self._given.periods

    @property
    def gaps(self) -> tuple[Gap, ...]:
        self._reads.now.add("gaps")
        return self._given.gaps

    @property
    def fair(self) -> Any:
        self._reads.now.add("fair")
        return self._given.fair


class HeldModel(Model):
    """The model of an instance, and of every other one of the same structure that it is given.

    Attributes
    ----------
    restated
        Rows and objectives that were stated anew for the last instance.
    bounded
        (decision, index) -> its bounds, of the decisions whose bounds read what was changed.
    """

    _reads = _Reads()  # until it has its own

    def __init__(self, given: Instance, check: Callable[[], None], blocks: Sequence[ModuleType]) -> None:
        super().__init__(given, check)
        self._instance, self._blocks = given, blocks
        self._reads = _Reads()
        self._indices: dict[str, list[Any] | None] = {}
        self._changed: set[Read] | None = None  # None while it is built
        self.restated: list[str] = []
        self.bounded: dict[tuple[str, Any], tuple[float | None, float | None]] = {}
        self._state_all()

    def __getattribute__(self, name: str) -> Any:
        if name[0].isupper():  # a component: what an expression reads is read by those who speak of it
            reads = super().__getattribute__("_reads")
            if name in reads.expressed:
                reads.now.update(reads.expressed[name])
        return super().__getattribute__(name)

    def _state_all(self) -> None:
        self.given = _Watched(self._instance, self._reads)  # type: ignore[assignment]
        self.state_all(self._blocks)

    def give(self, given: Instance, check: Callable[[], None] = lambda: None) -> None:
        """Take other figures.

        Raises
        ------
        OtherStructure
            They ask for other rows or decisions: the model is of no use any more.
        """
        kinds = {type(block) for block in (*given.blocks, *self._instance.blocks)}
        if given.periods != self._instance.periods:
            raise OtherStructure
        changed: set[Read] = {kind for kind in kinds if given[kind] != self._instance[kind]}
        changed |= {"gaps"} if given.gaps != self._instance.gaps else set()
        changed |= {"fair"} if given.fair != self._instance.fair else set()
        self._instance, self._changed, self.check = given, changed, check
        self.restated, self.bounded = [], {}
        self._state_all()

    def _held(self, name: str, over: Iterable[Any] | None) -> tuple[list[Any] | None, bool]:
        """The indices of a component, and whether it is there already."""
        indices = None if over is None else list(over)
        if self._changed is None:
            self._indices[name] = indices
            return indices, False
        if self._indices.get(name, name) != indices:
            raise OtherStructure
        return indices, True

    def _is_changed(self, name: str) -> bool:
        return bool(self._changed and not self._changed.isdisjoint(self._reads.of.get(name, ())))

    def decide(
        self,
        name: str,
        over: Iterable[Any] | None,
        doc: str,
        bounds: Any = (0, None),
        whole: Any = False,
        follows: Any = None,
    ) -> None:
        """Add a decision, or give it other bounds."""
        indices, is_there = self._held(name, over)
        with self._reads.by(name):
            if not is_there:
                super().decide(name, indices, doc, bounds, whole, follows)
                return
            if not self._is_changed(name):
                return
            component = getattr(self, name)
            for index in indices or ():
                key = index if isinstance(index, tuple) else (index,)
                if callable(whole) and bool(whole(self, *key)) == component[index].is_continuous():
                    raise OtherStructure
                least, most = bounds(self, *key) if callable(bounds) else bounds
                component[index].setlb(least)
                component[index].setub(most)
                self.bounded[name, index] = least, most

    def express(self, name: str, over: Iterable[Any], rule: Callable[..., Any]) -> None:
        """Add a named expression, or state it anew."""
        indices, is_there = self._held(name, over)
        self._reads.expressed[name] = self._reads.of.setdefault(name, set())
        with self._reads.by(name):
            if not is_there:
                super().express(name, indices or (), rule)
            elif self._is_changed(name):
                self._again(name, rule, indices)

    def state(self, row: Callable[..., Any], over: Iterable[Any], promise: bool = False, limits_jobs: bool = False) -> None:
        """Add rows, or state them anew."""
        name = row.__name__
        indices, is_there = self._held(name, over)
        with self._reads.by(name):
            if not is_there:
                super().state(row, indices or (), promise, limits_jobs)
            elif self._is_changed(name):
                self._again(name, row, indices)
                self.restated.append(name)

    def minimise(self, objective: Callable[..., Any], over: Iterable[Any] | None = None) -> None:
        """Add objectives, or state them anew."""
        name = objective.__name__
        indices, is_there = self._held(name, over)
        with self._reads.by(name):
            if not is_there:
                super().minimise(objective, indices)
            elif self._is_changed(name):
                self._again(name, objective, indices)
                self.restated.append(name)

    def _again(self, name: str, rule: Callable[..., Any], indices: list[Any] | None) -> None:
        component = getattr(self, name)
        if indices is None:
            component.set_value(rule(self))
        for index in indices or ():
            self.check()
            component[index].set_value(rule(self, *index) if isinstance(index, tuple) else rule(self, index))
