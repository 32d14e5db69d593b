"""A dyad as one SVG picture: bars of exchanges by channel, bars of tone each way; nothing loaded, no script.

Every number is text beside its bar, so that colour carries nothing alone; ``title`` and ``desc`` tell the picture to
those who do not see it. The colours stand out on white and on black, and the words take the colour of the page.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from readout.charting.dyads import Dyad, Period
from readout.charting.telling import rows_of_periods
from readout.exporting.escaping import visible
from readout.exporting.wording import Names, name_of, spaced

_ROW, _LEFT, _BARS, _RIGHT, _GAP = 22, 150, 400, 270, 14
_MOST_COUNTED = 3
_WIDTH = _LEFT + _BARS + _RIGHT
# mid-tones with a contrast of at least 3:1 on white and on black, told apart without red against green
_COLOURS = {
    "meeting": "#2f7dc4", "visit": "#0d8a7a", "phone_call": "#b5651d", "video_call": "#8a6fc7", "message": "#9a7b16",
    "multilateral": "#7a7f87", "signing": "#c2559d", "briefing": "#5f8a2e",
}  # fmt: skip
_GOOD, _BAD = "#2f7dc4", "#c4622d"
_STYLE = (
    "text{font:12px sans-serif;fill:#222}.h{font-weight:bold}.n{font-size:11px}.a{stroke:#777;stroke-width:1}"
    ".p{fill:none;stroke:#777;stroke-dasharray:3 2}"
    "@media (prefers-color-scheme:dark){text{fill:#ddd}}"
)


def dyad_svg(dyad: Dyad, names: Names | None = None) -> str:
    """The picture as one SVG document; every word escaped."""
    periods = [p for p, _ in rows_of_periods(dyad)]
    title = f"{name_of(dyad.one, names)} and {name_of(dyad.other, names)}, by {dyad.by}"
    y = 20
    body: list[str] = [_text(8, y, title, "h")]
    y += _ROW
    body += _legend(periods, y)
    y += _ROW
    most = max((p.held + p.planned for p in periods), default=0)
    for p in periods:
        body += _exchanges(p, y, most)
        y += _ROW
    for way in (0, 1):
        source, target = (dyad.one, dyad.other) if way == 0 else (dyad.other, dyad.one)
        y += _GAP
        body.append(_text(8, y, f"Tone, {name_of(source, names)} to {name_of(target, names)} ({dyad.scale}): "
                                "conflictual to the left, cooperative to the right", "h"))  # fmt: skip
        y += _ROW
        top = y - 14
        body += _tones(periods, way, y)
        y += _ROW * len(periods)
        body.append(f'<line class="a" x1="{_LEFT + _BARS // 2}" x2="{_LEFT + _BARS // 2}" y1="{top}" y2="{y - 12}"/>')
    y += _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="dyad-title dyad-desc" '
        f'width="{_WIDTH}" height="{y}" viewBox="0 0 {_WIDTH} {y}">\n'
        f'<title id="dyad-title">{_escaped(title)}</title>\n<desc id="dyad-desc">{_escaped(_desc(dyad))}</desc>\n'
        f"<style>{_STYLE}</style>\n" + "\n".join(body) + "\n</svg>\n"
    )


def _desc(dyad: Dyad) -> str:
    told = [f"{p.name}: {_counts(p)}" for p, _ in rows_of_periods(dyad)]
    held = sum(p.held for p in (*dyad.periods, dyad.undated))
    return f"{held} exchanges told in {dyad.documents} documents. " + "; ".join(told) + "."


def _counts(p: Period) -> str:
    told = [f"{n} {spaced(channel)}" for channel, n in p.channels.items()]
    return ", ".join([*told, *([f"{p.planned} planned"] if p.planned else [])]) or "none"


def _legend(periods: Sequence[Period], y: int) -> list[str]:
    out, x = [], _LEFT
    for channel in [c for c in _COLOURS if any(c in p.channels for p in periods)]:
        out.append(f'<rect x="{x}" y="{y - 10}" width="10" height="10" fill="{_COLOURS[channel]}"/>')
        out.append(_text(x + 14, y, spaced(channel), "n"))
        x += 24 + 7 * len(channel)
    if any(p.planned for p in periods):
        out.append(f'<rect class="p" x="{x}" y="{y - 10}" width="10" height="10"/>')
        out.append(_text(x + 14, y, "planned", "n"))
    return out


def _exchanges(p: Period, y: int, most: int) -> list[str]:
    out = [_text(8, y, p.name)]
    x = float(_LEFT)
    for channel in [c for c in _COLOURS if c in p.channels]:
        width = _BARS * p.channels[channel] / most
        told = f"{p.name}: {p.channels[channel]} {spaced(channel)}"
        out.append(f'<rect x="{x:.1f}" y="{y - 12}" width="{width:.1f}" height="15" fill="{_COLOURS[channel]}">'
                   f"<title>{_escaped(told)}</title></rect>")  # fmt: skip
        x += width
    if p.planned:
        width = _BARS * p.planned / most
        out.append(f'<rect class="p" x="{x:.1f}" y="{y - 12}" width="{width:.1f}" height="15">'
                   f"<title>{_escaped(f'{p.name}: {p.planned} planned')}</title></rect>")  # fmt: skip
        x += width
    words = _counts(p) if len(p.channels) <= _MOST_COUNTED else f"{p.held} in {len(p.channels)} channels"
    out.append(_text(x + 6, y, words, "n"))
    return out


def _tones(periods: Sequence[Period], way: int, y: int) -> list[str]:
    out: list[str] = []
    middle, half = _LEFT + _BARS / 2, _BARS / 2 - 4
    most = max((max(p.tone[way].cooperative_sum, -p.tone[way].conflictual_sum) for p in periods), default=0.0)
    for p in periods:
        t = p.tone[way]
        out.append(_text(8, y, p.name))
        for value, colour, word in (
            (t.cooperative_sum, _GOOD, "cooperative"), (-t.conflictual_sum, _BAD, "conflictual"),
        ):  # fmt: skip
            if value > 0:
                width = half * value / most
                x = middle if word == "cooperative" else middle - width
                told = f"{p.name}: {word}, sum {value:.1f}"
                out.append(f'<rect x="{x:.1f}" y="{y - 12}" width="{width:.1f}" height="15" fill="{colour}">'
                           f"<title>{_escaped(told)}</title></rect>")  # fmt: skip
        words = f"{t.conflictual_sum:+.1f} {t.cooperative_sum:+.1f}" if t.count else "nothing said"
        out.append(_text(_LEFT + _BARS + 8, y, words, "n"))
        y += _ROW
    return out


def _text(x: float, y: int, words: str, kind: str = "") -> str:
    marked = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y}"{marked}>{_escaped(words)}</text>'


def _escaped(words: str) -> str:
    # a lone surrogate or a control character cannot stand in XML: ``visible`` shows it as its escape
    return html.escape(visible(words), quote=True)
