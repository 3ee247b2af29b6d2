"""The resource map as data: one JSON document, and GeoJSON (RFC 7946: WGS 84, longitude first). No contacts."""

from typing import Any

from outreach.report.resources import Resource, ResourceMap

_MICRO = 1_000_000


def map_json(found: ResourceMap) -> dict[str, Any]:
    """Everything on the map; coordinates in micro-degrees."""
    return {
        "format": "outreach/map/1",
        "as_of": found.day.isoformat(),
        "community": found.community,
        "parent_volunteers": found.volunteers,
        "people": [one._asdict() for one in found.people],
        "resources": [properties(one) | {"lat": at.lat if (at := one.spot) else None, "lon": at.lon if at else None}
                      for one in found.found],
    }  # fmt: skip


def geojson(found: ResourceMap) -> dict[str, Any]:
    """A FeatureCollection; what has no coordinates, or such as cannot be right, has no geometry. Parents are never in it."""
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": _point(one), "properties": properties(one)} for one in found.found],
    }


def _point(one: Resource) -> dict[str, Any] | None:
    return {"type": "Point", "coordinates": [one.spot.lon / _MICRO, one.spot.lat / _MICRO]} if one.spot else None


def properties(one: Resource) -> dict[str, Any]:
    """What is known of one, the same names everywhere."""
    return {
        "id": one.id,
        "name": one.name,
        "layer": one.layer.value,
        "kind": one.kind.value if one.kind else "merchant",
        "community": one.community,
        "category": one.category,
        "status": one.status,
        "address": one.address,
        "landmark": one.landmark,
        "offers": one.offers,
        "hours": one.hours,
        "datum": one.datum,
        "relation": one.relation.value if one.relation else None,
        "talks": None if one.kind else one.talks,
        "introduced_by_parents": None if one.kind else one.introduced,
        "source": one.source,
        "last_checked": one.last_checked,
        "noted_on": one.noted.day if one.noted else None,
        "noted_by": one.noted.by if one.noted else None,
    }
