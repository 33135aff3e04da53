"""How far two points of the earth lie apart. Pure."""

from math import asin, cos, radians, sin, sqrt
from typing import Final

EARTH_RADIUS_KM: Final = 6371.0088
"""The mean radius of the International Union of Geodesy and Geophysics."""


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance of two points, each latitude and longitude in degrees, by the
    haversine formula."""
    south, north = radians(one[0]), radians(other[0])
    across = radians(other[1] - one[1])
    chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
