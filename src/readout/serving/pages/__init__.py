"""The pages: one module for each kind, all of them made from records, each readable without JavaScript."""

from fastapi import APIRouter

from readout.serving.pages import digest, interface, ledger, person, phrases, statics

router = APIRouter()
for module in (interface, statics, ledger, phrases, person, digest):
    router.include_router(module.router)

__all__ = ["router"]
