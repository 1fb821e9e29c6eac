"""The server: the pages behind compression and what keeps browsers to this host, under its own names.

`DASHBOARD_ROLE` says which of the two doors it is: the public one, or the one that asks who comes in.
"""

import logging
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit import config

from data import publish
from data.disclosure import bounds
from data.foundation import settings
from data.foundation.errors import DashboardError
from data.foundation.parameters import Parameters
from pages.drawing import desk
from pages.figures.browser import scripts
from pages.files import formats
from pages.lasting.beginning import Beginning
from pages.maps import shapes
from pages.menu import INTERNAL, LEGAL, MENU
from pages.reading import notes
from pages.server import answers, cites, embeds, found, lines, machines, parcels
from pages.server.browsers import OF_ITSELF, UPLOADS, Closed, Headers
from pages.server.capacity import Capacity
from pages.server.gone import Gone
from pages.server.reached import Below, Names, OwnNames, OwnPages
from pages.server.watching import Watching


def filled() -> None:
    """Wait while `make run` fills the store.

    Until then everything is loaded and worked out that the first page needs and that no store is needed for.
    Whoever is left alone ends: nobody would take the file away.
    """
    filling, starter = settings.filling(), os.getppid()
    if filling:
        import_module("pandas")  # otherwise with the first figure
        bounds.long_run(Parameters())
    while filling and filling.exists():
        if os.getppid() != starter:
            sys.exit("Whoever filled the store has ended.")
        time.sleep(0.05)


async def not_here(request: Request) -> Response:
    """Streamlit's browser code looks for the server below /fallzahlen/ before it looks below /.

    A 404 would be an error in the reader's console; any answer that is no success sends it on.
    """
    return Response(status_code=300)


@asynccontextmanager
async def started(app: st.App) -> AsyncIterator[None]:
    """Say at the start what this installation owes its readers; in the end nothing draws any more."""
    lines.begin()
    for line in notes.unsaid():
        logging.getLogger("dashboard").warning(line)
    yield
    desk.close()


# What is taken away has the bytes that its address promises, and most of it is packed already.
PACKED = (formats.CSV, formats.XLSX, formats.PDF, machines.KINDS[machines.DATABASE])
AS_THEY_ARE = (*DEFAULT_EXCLUDED_CONTENT_TYPES, *map(formats.bare, PACKED))

routes = [
    Route("/{page}/_stcore/{rest:path}", not_here),
    Route(shapes.PATH, shapes.answer),
    *machines.ROUTES,
    *found.ROUTES,
    *answers.ROUTES,
    *cites.ROUTES,
    *embeds.ROUTES,
    *parcels.ROUTES,
    Route(scripts.PATH, scripts.answer),
    Route(scripts.STYLES_PATH, scripts.answer),
]
known = [*MENU.values(), *LEGAL.values(), *INTERNAL.values()]
door: list[Middleware] = []
inner: list[Middleware] = []
closed: tuple[str, ...] = OF_ITSELF
filled()
try:
    chosen = settings.from_environment()
    publish.check_land()
    if chosen.signs_in:
        # Read here alone: a process for the public knows no accounts, and takes no files.
        from pages.internal.signin.gate import Gate
        from pages.internal.signin.routes import every
        from pages.menu import SIGN_IN
        from pages.server import embargoed
        from pages.work import memory

        routes += [*every(chosen, st.get_option("server.address") or "*"), *embargoed.routes(chosen)]
        known.append(SIGN_IN.strip("/"))
        door += [
            Middleware(Gate, settings=chosen),
            Middleware(OwnPages),
            Middleware(Capacity, limits=chosen.limits, examined=memory.sizes),
        ]
    else:
        # Streamlit would keep each in memory, whoever sends it.
        closed += (UPLOADS,)
        pages = ["", *known]
        inner = [
            Middleware(found.Nothing, pages=pages, routes=routes),
            Middleware(found.Head, pages=pages),
        ]
except DashboardError as error:
    # One sentence and no server: a setting that is half there opens nothing.
    sys.exit(str(error))

names = Names.of(chosen.url, st.get_option("server.allowedHosts"), st.get_option("server.corsAllowedOrigins"))
# Streamlit asks for the name of a websocket once more.
config.set_option("server.allowedHosts", names.hosts)

app = st.App(
    "pages/frame.py",
    lifespan=started,
    routes=routes,
    middleware=[
        Middleware(Headers, secure=chosen.secure),
        Middleware(Watching, settings=chosen, pages=["", *known]),
        Middleware(OwnNames, names=names),
        Middleware(Below, base=chosen.base),
        *door,
        Middleware(Closed, paths=closed),
        Middleware(found.UnknownPages, known=[*known, embeds.OEMBED.strip("/")]),
        Middleware(Gone, pages=["", *known]),
        Middleware(GZipMiddleware, minimum_size=1000, exclude_content_types=AS_THEY_ARE),
        *inner,
        Middleware(
            Beginning,
            known=["", *known],
            base=chosen.base,
            further=(scripts.tag(), scripts.sheet()),
        ),
    ],
    on_script_error=notes.failed,
)
