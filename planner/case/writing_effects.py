"""Effects of measures as keys of case.yaml."""

from __future__ import annotations

from typing import Any

from planner.case.nouns import (
    AddLand,
    AllowTransfer,
    BoardingMinutes,
    BorderMinutes,
    Effect,
    LowerEmissions,
    OpenOutsidersShare,
    OpenService,
    RaiseCapacity,
    RaisePrivateShare,
    ShareTax,
)


def effect_keys(effect: Effect) -> dict[str, Any]:
    """One effect as it stands under a measure's id."""
    match effect:
        case BorderMinutes():
            keys: dict[str, Any] = {"between": effect.between, "modes": effect.modes, "set": effect.set_to}
            return {"border_minutes": keys}
        case BoardingMinutes():
            return {"boarding_minutes": {"city": effect.city, "modes": effect.modes, "minus": effect.minus}}
        case OpenService():
            keys = {"services": effect.services, "people_of": effect.people_of, "at": effect.at}
            return {"open_service": keys if effect.minutes is None else {**keys, "minutes": effect.minutes}}
        case RaiseCapacity():
            return {"raise_capacity": {"services": effect.services, "cities": effect.cities, "by": effect.by}}
        case OpenOutsidersShare():
            keys = {"services": effect.services, "cities": effect.cities, "share": effect.share}
            return {"open_outsiders_share": keys}
        case RaisePrivateShare():
            return {"private_share": {"where": effect.where, "plus": effect.plus}}
        case AddLand():
            return {"add_land": {"cities": effect.cities, "km2": effect.km2}}
        case ShareTax():
            keys = {"where": effect.where, "share": effect.share}
            return {"share_tax": keys if effect.periods is None else {**keys, "periods": effect.periods}}
        case AllowTransfer():
            keys = {"from": effect.from_line, "to": effect.to_line, "at_most_share": effect.at_most_share}
            return {"allow_transfer": keys}
        case LowerEmissions():
            return {"lower_emissions": {"airshed": effect.airshed, "by": effect.by}}
