"""Whether a text is English: by its commonest words, in under a millisecond (decision 0004)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readout.errors import EmptyText, NotEnglish
from readout.records import Note
from readout.settings import Settings


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = _words(
    """
        the of and to in for on with that by is was at as from his he has be have it an are were will had
        not said this its their which who after during also between been but they or two would all our we
        you i she her him them there about into over than more when while where what how if can could should
        may must any no so these those such other both first new last year years today week month day days
        time people country countries world before against under through within among including since until
        because however further towards toward according without out up down off only same well being do did
        does said says told stressed expressed noted added thanked discussed discuss held hold holds meet
        meets met called calls call phone telephone talk talks talked spoke speaks speak meeting visit
        visits visited foreign minister ministers prime president presidents secretary ministry affairs
        state states government relations cooperation support peace security agreement agreed statement deal
        trade war ceasefire situation issues bilateral counterpart conversation ambassador deputy leader
        leaders summit council united nations republic official officials congratulates condolences letter
        message side sides joint strategic development partnership says warns urges welcomes received
        receives sent sends signed sign next monday tuesday wednesday thursday friday saturday sunday
        january february march april june july august september october november december mr mrs ms general
        house white reports news
        """
)
_OTHERS: dict[str, frozenset[str]] = {
    "French": _words(
        """
        le la les des du une est et dans pour que qui sur avec par au aux ce cette sont ont été pas plus
        leur leurs son ses à entre ministre lors également nous il elle se
        """
    ),
    "Spanish": _words(
        """
        el la los las del una que en por con para se su sus al lo como más es fue ha han entre sobre este
        esta y ministro también sin pero no
        """
    ),
    "Portuguese": _words(
        """
        o os as da do das dos uma que em por com para se seu sua ao à na no nas nos mais é foi entre sobre e
        não também pelo pela
        """
    ),
    "Italian": _words(
        """
        il lo gli della del dei delle di che è un una per con nel nella alla al sono ha ed anche più tra fra
        si e ministro non
        """
    ),
    "German": _words(
        """
        der die das und ist den dem des ein eine einen mit von für auf im zu zur zum nicht sich auch werden
        wurde hat haben sind bei nach über wir als aus
        """
    ),
    "Dutch": _words(
        """
        de het een van en is dat op te zijn met voor niet door aan heeft ook bij naar uit tussen
        """
    ),
    "Scandinavian": _words(
        """
        och att det som på är av för med den till inte har og ikke til på ble var sig ett från mellom mellan
        """
    ),
    "Polish": _words(
        """
        w i na z że się do nie jest oraz przez dla od ze po jego które który między spraw
        """
    ),
    "Czech or Slovak": _words(
        """
        a v na se je že do pro od s k by sa že ktorý který mezi aj při byl bol
        """
    ),
    "South Slavic": _words(
        """
        i u na je da se za od sa su koji koja između će iz o kao ministar predsjednik
        """
    ),
    "Romanian": _words(
        """
        și în de la cu pe din este a că pentru care nu al ale sau între prin fost
        """
    ),
    "Hungarian": _words(
        """
        a az és hogy nem egy is van volt meg között által vagy ezt mint
        """
    ),
    "Turkish": _words(
        """
        ve bir bu ile için olarak da de olan çok daha gibi arasında dışişleri bakanı etti
        """
    ),
    "Azerbaijani": _words(
        """
        və bir bu ilə üçün olan edib haqqında nazir arasında olunub xarici
        """
    ),
    "Uzbek": _words(
        """
        va bilan uchun bu ham bo'yicha oʻzaro haqida edi uning vazir
        """
    ),
    "Indonesian or Malay": _words(
        """
        dan yang di untuk dengan dari ini itu pada dalam kepada oleh akan telah menteri juga antara tidak
        """
    ),
    "Swahili": _words(
        """
        ya na wa kwa katika ni la za cha hii kuwa waziri rais nchi
        """
    ),
    "Vietnamese": _words(
        """
        và của các là trong có cho với được những một không này
        """
    ),
    "Finnish or Estonian": _words(
        """
        ja on että ei se oli myös ning et oma kui sekä
        """
    ),
    "Albanian": _words(
        """
        dhe të e në për me një që nga është më si
        """
    ),
    "Somali": _words(
        """
        iyo oo ka ku ah in ay waxa ayaa la soo uu
        """
    ),
}
_NON_ENGLISH = {name: words - _ENGLISH for name, words in _OTHERS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 6_000


@dataclass(frozen=True, slots=True, kw_only=True)
class English:
    """How English a text is: the share of common English words, and of the strongest other language's."""

    words: int
    share: float
    other: str | None
    other_share: float


def english(text: str) -> English:
    """The shares over the first and the middle 6,000 characters of ``text``."""
    if len(text) > 2 * _SAMPLE:
        middle = len(text) // 2
        text = text[:_SAMPLE] + " " + text[middle : middle + _SAMPLE]
    words = [w.lower() for w in _WORD.findall(text)]
    if not words:
        return English(words=0, share=0.0, other=None, other_share=0.0)
    mine = sum(_is_english(w) for w in words)
    best, most = None, 0
    for name, common in _NON_ENGLISH.items():
        hits = sum(w in common for w in words)
        if hits > most:
            best, most = name, hits
    return English(words=len(words), share=mine / len(words), other=best, other_share=most / len(words))


def _is_english(word: str) -> bool:
    return word in _ENGLISH or word.endswith(("'s", "’s")) or (len(word) > 5 and word.endswith(("ing", "ly")))


def check_language(text: str, settings: Settings) -> tuple[Note, ...]:
    """Notes about the language of ``text``, none where it is plainly English.

    Raises:
        EmptyText: the text has no letter.
        NotEnglish: another script or language.
    """
    sample = text if len(text) <= 2 * _SAMPLE else text[: 2 * _SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    if not letters and len(text) > len(sample):
        letters = [c for c in text if c.isalpha()]
    if not letters:
        raise EmptyText("the text has no letters; give a text of at least one sentence", chars=len(text))
    latin = sum(c < "\u0250" or "\u1e00" <= c <= "\u1eff" for c in letters) / len(letters)
    if latin < 0.6:
        raise NotEnglish(
            f"{1 - latin:.0%} of the letters are not Latin, so this is no English text; give its English version",
            latin_share=round(latin, 3),
        )
    found = english(text)
    if found.words < settings.min_language_words:
        ascii_share = sum(c.isascii() for c in letters) / len(letters)
        if ascii_share < 0.7:
            raise NotEnglish(
                "the text is short and most of its letters are not English ones; give its English version",
                words=found.words,
            )
        return (Note(code="language-short", message=f"{found.words} words are too few to tell their language"),)
    # "a", "me", "in" are words of several languages: what is not plainly more English than anything else is refused
    if found.share < settings.min_english_share or found.share < found.other_share:
        seems = f"; it looks {found.other}" if found.other and found.other_share > found.share else ""
        raise NotEnglish(
            f"only {found.share:.0%} of the words are common English ones{seems}; give the English version, "
            "or lower the setting min_english_share",
            share=round(found.share, 3),
            seems=found.other,
        )
    if found.other_share > 0.1 and found.other_share > found.share / 2:
        message = f"{found.other_share:.0%} of the words look {found.other}; parts may be in that language"
        return (Note(code="language-mixed", message=message),)
    return ()
