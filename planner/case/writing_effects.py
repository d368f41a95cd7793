"""Effects of measures as keys of case.yaml."""

from __future__ import annotations

from typing import Any

from planner.case.nouns import (
    BoardingMinutes,
    BorderMinutes,
    Effect,
    OpenOutsidersShare,
    OpenService,
    RaiseCapacity,
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
