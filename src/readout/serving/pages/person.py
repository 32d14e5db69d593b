"""The page of a person: offices borne, whom they met, what they said and promised; without a name, whom to choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from readout.exporting.wording import OFFICE_WORDS, date_words, name_of, spaced
from readout.following import Contact, Party, person, persons_named
from readout.following.people import frequent_people, people_like
from readout.serving.house import House
from readout.serving.pages.asking import day_of, side_of
from readout.serving.pages.rendering import house_of, page
from readout.storing import folded

router = APIRouter()
LIMIT = 20
MOST = 200


@router.get("/person")
def person_page(
    request: Request,
    name: Annotated[str, Query(max_length=200)] = "",
    side: str = "",
    since: str = "",
    until: str = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = LIMIT,
) -> Response:
    """One person where the name is one person's; else the people who may be meant."""
    plain = " ".join(name.split())
    of = side_of(side, "side") if side.strip() else None
    first, last = day_of(since, "since"), day_of(until, "until", last=True)
    asked = {"name": plain, "side": of or "", "since": first, "until": last, "limit": limit}
    shared = {"asked": asked, "most": MOST, "limit": LIMIT}
    house = house_of(request)
    with house.opened() as archive:
        if not folded(plain).strip():
            often = house.remembered.of(archive, ("frequent people",), lambda: frequent_people(archive))
            return page(request, "person.html", **shared, told=None, meant=(), often=often)
        meant = persons_named(archive, plain, side=of)
        if len(meant) == 1:
            told = person(archive, plain, side=of, since=first, until=last, limit=limit)
            return page(request, "person.html", **shared, told=told, party=party_words(house), when=when)
        like = people_like(archive, plain) if not meant else ()
        status = 200 if meant or like else 404
        return page(request, "person.html", status, **shared, told=None, meant=meant, often=like)


def party_words(house: House) -> Callable[[Party], str]:
    """What tells of a party beside a name: its office and side, the side alone where no office is named."""

    def words(party: Party) -> str:
        of = name_of(party.side, house.name_of)
        office = OFFICE_WORDS.get(party.office, spaced(party.office)) if party.office else ""
        return ", ".join(x for x in (office, of) if x)

    return words


def when(contact: Contact) -> str:
    """The date of an exchange in words."""
    return date_words(contact.date) if contact.date else "no date"
