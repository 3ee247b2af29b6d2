"""A shop's place as it was typed, in the datum of the map it was read from, as WGS-84, which is what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.cli.session import tell
from outreach.domain.datum import Datum, is_shifted, to_wgs84
from outreach.errors.registers import DatumAlone, HalfAPlace
from outreach.i18n import _

if TYPE_CHECKING:
    from outreach.domain.change import Fields

_NONE = ("", None)


def placed(fields: Fields, before: Fields) -> Fields:
    """The fields, latitude and longitude converted where they came in another datum (DatumAlone), which is noted.

    Of the two neither comes without the other, unless that was known before (HalfAPlace).

    A place that is given without a datum, or lies where no map shifts anything, has none.
    """
    given = {name for name in ("lat", "lon") if name in fields}
    datum = fields.get("datum")
    if datum in _NONE:
        after = before | fields
        if given and (after.get("lat") in _NONE) != (after.get("lon") in _NONE):
            raise HalfAPlace
        return fields | {"datum": ""} if given else fields
    if any(fields.get(name) in _NONE for name in ("lat", "lon")):
        raise DatumAlone
    lat, lon = fields["lat"], fields["lon"]
    if datum != Datum.WGS84 and not is_shifted(lat, lon):
        tell(_("This place is abroad, where no map shifts anything: it is kept as given."))
        return fields | {"datum": ""}
    found = to_wgs84(lat, lon, str(datum))
    return fields | {"lat": found[0], "lon": found[1]}
