"""A record's markup for templates: the parts of an article, escaped where they are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from readout.exporting.arranging import Item, explain, kind_of
from readout.exporting.article import Article
from readout.exporting.escaping import html_attribute as attr
from readout.exporting.escaping import html_words, visible
from readout.exporting.wording import Names


@dataclass(frozen=True, slots=True)
class Parts:
    """What a template sets around: facts, encounters, the key of the marks, and text and record side by side."""

    facts: Markup
    encounters: Markup
    key: Markup
    beside: Markup


def parts_of(article: Article) -> Parts:
    """The parts of a record; ``exporting.article`` has escaped every word in them."""
    return Parts(
        facts=Markup(article.facts()),
        encounters=Markup("".join(article.encounters())),
        key=Markup(article.key()),
        beside=Markup("".join(article.beside())),
    )


def item_more(key: str, names: Names, touched: Mapping[str, str]) -> Callable[[Item], str]:
    """What a document's page puts behind an item: who touched it, how it was reached, and the way to correct it."""

    def after(item: Item) -> str:
        where = attr(f"/documents/{quote(key, safe='')}/items/{quote(item.id, safe='', errors='replace')}")
        mark = f' <span class="pill good">{html_words(visible(touched[item.id]))}</span>' if item.id in touched else ""
        steps = "".join(f"<li>{html_words(visible(step))}</li>" for step in explain(item, names))
        return (
            f'{mark}<details class="more"><summary>why, correct<span class="unseen">: {kind_of(item)} '
            f"{html_words(visible(item.id))}</span></summary>"
            f'<ul class="why">{steps}</ul><p><a href="{where}" hx-get="{where}" hx-select=".review" '
            'hx-target="next .slot" hx-swap="innerHTML">Correct or confirm</a></p><div class="slot"></div></details>'
        )

    return after
