"""`outreach map`: what a community has, by layer: on the screen, as a page to look at and to print, or as GeoJSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import choosing
from outreach.cli.screen import fit_of, table
from outreach.cli.session import say, session_of, show, show_json
from outreach.i18n import N_, _

if TYPE_CHECKING:
    from outreach.report.resources import ResourceMap

EXAMPLES = {"map_resources": "outreach map\noutreach map --community 皮村 --html map.html\noutreach map --geojson map.geojson"}


def map_resources(  # noqa: PLR0913 - the signature is the command line
    ctx: typer.Context,
    *,
    community: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only this community"))] = None,
    html: Annotated[str | None, typer.Option(metavar=N_("FILE"), help=N_("A page to look at and to print"))] = None,
    geojson: Annotated[str | None, typer.Option(metavar=N_("FILE"), help=N_("A layer for QGIS and other maps"))] = None,
    with_people: Annotated[
        bool, typer.Option("--with-people", help=N_("Parents by alias with what they did, workers by name; for the team only"))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace files that are there already"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    from outreach.cli.output import places, save
    from outreach.report.resources import resource_map

    session = session_of(ctx)
    place = choosing.community(session, community).id if community else None
    page, layer = places(session, html, geojson, force=force)
    found = resource_map(session.db, session.now(), place, with_people=with_people)
    if page:
        from outreach.report.resource_html import resource_html

        save(page, resource_html(found))
    if layer:
        save(layer, _geojson(found))
    if as_json:
        from outreach.report.resource_json import map_json

        return show_json(map_json(found))
    for text in filter(None, (html, geojson)):
        say(_("Written: {path}").format(path=text))
    if page or layer:
        with_them = _("It names people: for the team, not to be handed out.")
        return say(
            with_them if with_people else _("No person is named in it; with parents and workers, for the team: --with-people")
        )
    return _print(found)


def _geojson(found: ResourceMap) -> bytes:
    import json

    from outreach.report.resource_json import geojson

    return json.dumps(geojson(found), ensure_ascii=False, indent=1).encode() + b"\n"


def _print(found: ResourceMap) -> None:
    from outreach.report.resource_words import lead, overview, title

    say(title(found), *lead(found, drawn=False))
    heads = [_("Layer"), _("What"), _("Number"), _("On the map"), _("Such as")]
    show(table(heads, overview(found), fit=fit_of(sys.stdout)))
    if found.people:
        from outreach.report import people

        rows = [people.row(one, community=not found.community) for one in found.people]
        show("\n" + table(people.heads(community=not found.community), rows, fit=fit_of(sys.stdout)))
        say(*people.notes(len(found.people), found.volunteers))
