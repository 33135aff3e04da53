"""Zones that differ in all that clocks do: an hour, half an hour, none, both sides of the
dateline."""

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Asia/Kolkata",
)
