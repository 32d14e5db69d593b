"""The pages: one module for each kind, all of them made from records, each readable without JavaScript."""

from fastapi import APIRouter

from readout.serving.pages import dyad, interface, statics, world

router = APIRouter()
for module in (interface, statics, dyad, world):
    router.include_router(module.router)

__all__ = ["router"]
