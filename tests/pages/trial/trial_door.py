"""The real server, with a page of its own and a route that changes the workshop."""

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import app as door
from pages.web import live
from workshop import service as services
from workshop.settings import ROOT


async def change(request: Request) -> Response:
    """Commit `times` changes, one after the other, and say where the workshop is now."""
    service, workshop = services.current(), request.query_params["w"]
    for _ in range(int(request.query_params.get("times", "1"))):
        await run_in_threadpool(service.store.write, lambda tx: tx.touch(workshop, phase=False))
    return JSONResponse(service.versions(workshop)[0])


async def watching(_: Request) -> Response:
    """How many streams are open."""
    return JSONResponse(live.streams().count)


app = st.App(
    ROOT / "tests" / "pages" / "trial" / "trial_page.py",
    routes=[Route("/trial/change", change), Route("/trial/watching", watching), *door.routes()],
    middleware=door.middleware(),
    lifespan=door.lifespan,
)
