"""The pages: one module for each kind, all of them made from records, each readable without JavaScript."""

from fastapi import APIRouter

from readout.serving.pages import (
    comparing,
    desk,
    digest,
    documents,
    dyad,
    exchanging,
    interface,
    ledger,
    person,
    phrases,
    queue,
    searching,
    statics,
    world,
)

router = APIRouter()
for module in (
    desk, documents, queue, searching, exchanging, comparing, dyad, world, ledger, phrases, person, digest, interface,
    statics,
):  # fmt: skip
    router.include_router(module.router)

__all__ = ["router"]
