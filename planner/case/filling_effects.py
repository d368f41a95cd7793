"""Effects of measures, as case.yaml says them, to nouns: their selections worked out."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case.nouns import (
    AddLand,
    AllowTransfer,
    BoardingMinutes,
    BorderMinutes,
    City,
    Effect,
    LowerEmissions,
    Measure,
    OpenOutsidersShare,
    OpenService,
    Park,
    RaiseCapacity,
    RaisePrivateShare,
    ShareTax,
)
from planner.case.raw import Path
from planner.case.resolving import Resolver, selection
from planner.case.schema import CaseFile
from planner.case.schema_effects import (
    AddLandKeys,
    AllowTransferKeys,
    BoardingKeys,
    BorderKeys,
    EffectKeys,
    InCities,
    LowerEmissionsKeys,
    OpenOutsidersKeys,
    OpenServiceKeys,
    PrivateShareKeys,
    RaiseCapacityKeys,
    ShareTaxKeys,
)


def fill_effects(file: CaseFile, resolve: Resolver, shared: tuple[str, ...]) -> tuple[Effect, ...]:
    """The effects of all measures, in order.

    Parameters
    ----------
    file
        The keys of case.yaml.
    resolve
        Works out selections.
    shared
        Parks whose tax can be shared: those that come from another jurisdiction.
    """
    return tuple(
        _effect(measure, keys, resolve, shared, ("effects", measure, i))
        for measure, several in file.effects.items()
        for i, keys in enumerate(several)
    )


def parks_from_elsewhere(
    parks: Mapping[str, Park], measures: Mapping[str, Measure], cities: Mapping[str, City]
) -> tuple[str, ...]:
    """The parks whose origin is in another jurisdiction than their host."""
    return tuple(
        name
        for name, park in parks.items()
        if park.origin is not None and name in measures and cities[park.origin].jurisdiction != _host(name, measures, cities)
    )


def _host(park: str, measures: Mapping[str, Measure], cities: Mapping[str, City]) -> str | None:
    """The jurisdiction of a park's city."""
    where = measures[park].cities
    return cities[where[0]].jurisdiction if where else None


def _effect(measure: str, keys: EffectKeys, resolve: Resolver, shared: tuple[str, ...], path: Path) -> Effect:
    path = (*path, keys.name)
    match keys.chosen:
        case BorderKeys() as border:
            return BorderMinutes(measure, (border.between[0], border.between[1]), border.modes, border.set_to)
        case BoardingKeys() as boarding:
            return BoardingMinutes(measure, boarding.city, boarding.modes, boarding.minus)
        case OpenServiceKeys() as opened:
            return OpenService(measure, opened.services, opened.people_of, opened.at, opened.minutes)
        case RaiseCapacityKeys() as raised:
            return RaiseCapacity(measure, raised.services, _cities_of(raised, resolve, path), raised.by)
        case OpenOutsidersKeys() as outsiders:
            return OpenOutsidersShare(measure, outsiders.services, _cities_of(outsiders, resolve, path), outsiders.share)
        case PrivateShareKeys() as private:
            found = resolve.measures(private.where, (*path, "where"))
            return RaisePrivateShare(measure, selection(private.where), found, private.plus)
        case AddLandKeys() as land:
            return AddLand(measure, _cities_of(land, resolve, path), land.km2)
        case ShareTaxKeys() as tax:
            chosen = resolve.measures(tax.where, (*path, "where"))
            parks = tuple(name for name in chosen if name in shared)
            return ShareTax(measure, selection(tax.where), parks, tax.share, tax.periods)
        case AllowTransferKeys() as transfer:
            return AllowTransfer(measure, transfer.from_line, transfer.to_line, transfer.at_most_share)
        case LowerEmissionsKeys() as lower:
            return LowerEmissions(measure, lower.airshed, lower.by)
    raise AssertionError(f"an effect without a kind: {keys}")


def _cities_of(keys: InCities, resolve: Resolver, path: Path) -> tuple[str, ...]:
    return keys.cities if keys.cities is not None else resolve.cities(keys.where or {}, (*path, "where"))
