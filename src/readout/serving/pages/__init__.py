"""The pages: one module for each kind, all of them made from records, each readable without JavaScript."""

from fastapi import APIRouter

from readout.serving.pages import comparing, exchanging, interface, searching, statics

router = APIRouter()
for module in (comparing, exchanging, interface, searching, statics):
    router.include_router(module.router)

__all__ = ["router"]
