"""Random programmes so small that every plan of every member can be listed: clinics that one central line pays for.

What they come to is worked out here from what is drawn, and shares nothing with the product: a member is a city that needs
so many posts in each period; a clinic that starts in a period serves from then on, and costs its capital in that period.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

PERIODS = ("2030", "2035")
PEOPLE = 100_000  # of a city; at 2 posts for 1,000 it needs 200
NEED = 200


@dataclass(frozen=True)
class Clinic:
    """Posts, and what they cost."""

    posts: int
    cost: int


@dataclass(frozen=True)
class City:
    """A member: its people, the posts it has, and clinics that it may start once each."""

    people: int
    has: int
    clinics: tuple[Clinic, ...]

    @property
    def need(self) -> float:
        """Posts."""
        return NEED * self.people / PEOPLE

    def plans(self) -> list[tuple[float, tuple[int, int]]]:
        """Every plan: its mean gap, and what it draws in each period."""
        found = []
        for starts in product((None, 0, 1), repeat=len(self.clinics)):
            gaps, draws = [], [0, 0]
            for clinic, start in zip(self.clinics, starts, strict=True):
                if start is not None:
                    draws[start] += clinic.cost
            for t in (0, 1):
                there = self.has + sum(
                    c.posts for c, s in zip(self.clinics, starts, strict=True) if s is not None and s <= t
                )
                gaps.append(max(0.0, 1.0 - there / self.need))
            found.append((sum(gaps) / 2, (draws[0], draws[1])))
        return found


@dataclass(frozen=True)
class Drawn:
    """A programme: members, the central line, and shares of what is given."""

    cities: tuple[City, ...]
    amounts: tuple[int, int]
    carry_over: bool
    at_most: float
    at_least: float

    @property
    def weights(self) -> list[float]:
        """By people."""
        everybody = sum(city.people for city in self.cities)
        return [city.people / everybody for city in self.cities]

    def allowed(self, draws: tuple[tuple[int, int], ...]) -> bool:
        """Whether the money suffices, and everybody can be given at least and at most a share; it may lie idle."""
        first, second = (sum(own[t] for own in draws) for t in (0, 1))
        whole = sum(self.amounts)
        if first > self.amounts[0] or (first + second > whole if self.carry_over else second > self.amounts[1]):
            return False
        if any(sum(own) > self.at_most * whole + 1e-9 for own in draws):
            return False
        return sum(max(sum(own), self.at_least * whole) for own in draws) <= whole + 1e-9

    def best(self) -> float:
        """What all members come to in the best programme, found by trying all."""
        worth = float("inf")
        for chosen in product(*(city.plans() for city in self.cities)):
            if self.allowed(tuple(draws for _, draws in chosen)):
                worth = min(worth, sum(w * gap for w, (gap, _) in zip(self.weights, chosen, strict=True)))
        return worth


def drawn(seed: int) -> Drawn:
    """A random programme of two or three members."""
    random = Random(seed)
    cities = tuple(
        City(
            random.choice((50_000, 100_000, 150_000)),
            random.randrange(0, 80, 10),
            tuple(Clinic(random.randrange(10, 130, 10), random.randint(1, 9)) for _ in range(random.randint(1, 3))),
        )
        for _ in range(random.randint(2, 3))
    )
    shares = random.choice(((1.0, 0.0), (0.6, 0.0), (0.7, 0.15), (1.0, 0.2)))
    return Drawn(cities, (random.randint(2, 12), random.randint(0, 9)), random.random() < 0.6, *shares)


def write(what: Drawn, folder: Path) -> Path:
    """The programme with the cases of its members, as files."""
    members = []
    for number, city in enumerate(what.cities):
        name = f"m{number}"
        place = folder / name
        place.mkdir(parents=True)
        _write_case(place, city)
        members.append(f"  {name}: {{case: {name}}}")
    lines = [
        "format: 1", "money: {unit: bn, prices: 2025}", "members:", *members, "lines:",
        f"  centre: {{amounts: {{2030: {what.amounts[0]}, 2035: {what.amounts[1]}}},"
        f" carry_over: {'true' if what.carry_over else 'false'}}}",
        f"shares: {{each_at_most: {what.at_most}, each_at_least: {what.at_least}}}",
    ]  # fmt: skip
    (folder / "programme.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _write_case(place: Path, city: City) -> None:
    files = {
        "case.yaml": [
            "format: 1", "title: A city", "money: {unit: bn, prices: 2025}", "periods: [2026-2030, 2031-2035]",
            "services:", "  clinic: {name: clinics, unit: posts, per_1000: 2, across_borders: never}",
            "lines:", "  centre: {name: centre, holder: central, carry_over: false}",
            "goals:", "  - {minimise: gaps, tolerance: 0}", "  - {minimise: spending}",
        ],
        "cities.csv": [
            "id,name,jurisdiction,tier,lat,lon,population,basis", f"town,Town,Land,core,40.0,116.0,{city.people},assumed",
        ],
        "capacity.csv": ["city,service,capacity,basis", f"town,clinic,{city.has},assumed"],
        "measures.csv": [
            "id,name,kind,city,service,capacity,capital_cost,running_cost,units,build_years,basis",
            *(f"c{n},Clinic {n},facility,town,clinic,{c.posts},{c.cost},0,1,0,assumed" for n, c in enumerate(city.clinics)),
        ],
        "budgets.csv": ["line,period,amount,basis", *(f"centre,{t},1,assumed" for t in PERIODS)],
    }  # fmt: skip
    for name, text in files.items():
        (place / name).write_text("\n".join(text) + "\n", encoding="utf-8")
