"""Mentions: the places in a text that name an actor, found token by token.

A small grammar reads what stands before and after a title::

    [former] [STATE | ORG ['s]] TITLE [and TITLE] [of STATE] [,] [honorific] NAME [of STATE] [, TITLE of STATE]

Everything it finds is a mention with the words it stands on; who it is, is decided in ``discourse``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from readout.knowing import fold
from readout.records import Parse, Token
from readout.resolving.forms import SIDE_NOUNS, STATE_STYLE, Form, FormIndex
from readout.resolving.titles import Title, title_at, weightier

HONORIFICS = frozenset(
    """mr mr. mrs mrs. ms ms. dr dr. prof prof. professor sir dame lord lady sheikh shaikh sheikha h.e. he hon hon.
    h.h. hh h.r.h. hrh h.m. honourable honorable excellency his her general gen gen. lieutenant lt lt. major colonel
    col. brigadier admiral adm.
    marshal captain ambassador amb amb. senator sen. rep. chairman comrade ayatollah hojatoleslam imam king queen
    prince princess emir sultan pope air field vice rear the highness majesty royal holiness mullah maulvi""".split()
)
PARTICLES = frozenset("al el bin bint ibn ben von van der den de del la da do dos du di le abu ould ag zu of-".split())
NOT_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december the a an he she it they we i you this that these those in on at as if when while after
    before and but or for from to with by both during following according earlier later meanwhile also there his her
    their our its my who what which however moreover furthermore additionally speaking reuters tass afp ap xinhua
    yes no not all any each some many much most more other one two three four five six seven eight nine ten
    mr mrs ms dr state states statement united nations summit agreement conference ministry embassy house office
    council committee commission union organization organisation forum treaty resolution parliament university
    street palace sea ocean strait river gulf peninsula north south east west northern southern eastern western central
    pacific atlantic indo-pacific middle asia africa europe america latin caribbean european asian african western arab
    islamic covid-19 internet photo source read getty images file foreign affairs defence defense press service
    government republic kingdom federation international national joint strategic security economic partnership
    presidential administration senate congress energy industry assembly affairs peninsula minority majority
    republican democratic staff armed forces general armenian-azerbaijani bureau department cabinet news agency
    times post radio television tv daily tribune gazette herald covid ukraine-russia nato-ukraine day week month
    year today yesterday tomorrow fans crowds protesters demonstrators critics supporters voters
    residents""".split()
)
NAME_SUFFIXES = frozenset("jr sr mp cmg gcmg kcmg ac ao am obe cbe mbe kbe qc kc phd md mep frs".split())
GROUP_NOUNS = frozenset(
    """sides parties leaders presidents ministers officials counterparts diplomats delegations interlocutors heads
    premiers commanders principals secretaries delegates partners representatives participants two pair chiefs duo
    negotiators statesmen colleagues men women""".split()
)
_STYLED = frozenset("HE HH HRH HM H.E. H.H. H.R.H. H.M.".split())
GROUP_STATES = frozenset("countries nations states governments neighbours neighbors capitals allies".split())
OWN_SIDE = frozenset("country side government nation ministry state people military department embassy party".split())
_AFTER_TITLE = frozenset(
    """of in at from to for on with who and or said says told has have had was were is are will would noted
    stressed added also then met called by as but that which while when after before during
    via whose stated spoke thanked""".split()
)
_ADDRESS = frozenset(["HE", "HH", "HRH", "HM", "H.E.", "H.H.", "H.M."])
_ANAPHORIC_TITLES = frozenset("counterpart counterparts colleague interlocutor homologue".split())


@dataclass(slots=True)
class Mention:
    """One place in the text that names an actor: tokens ``[first, last]``."""

    first: int
    last: int
    kind: str
    """person, title, form (a state or organisation), side (its government), group, group_states, counterpart, own"""
    name: tuple[str, ...] = ()
    name_first: int = -1
    name_last: int = -1
    office: str | None = None
    of: tuple[str, ...] = ()
    of_kind: str | None = None
    form: str | None = None
    ambiguous: tuple[str, ...] = ()
    plural: bool = False
    weak: bool = False
    former: bool = False
    possessor: int | None = None
    entity: int | None = None
    count: int = 0
    extra_head: int = -1
    extra: dict[str, str] = field(default_factory=dict)


class Scanner:
    """Finds the mentions of one parse."""

    def __init__(self, parse: Parse, forms: FormIndex, on: date | None) -> None:
        self.parse = parse
        self.tokens: Sequence[Token] = parse.tokens
        self.text = parse.text
        self.forms = forms
        self.on = on
        self.folded = [fold(t.text) for t in parse.tokens]
        self._form_memo: dict[tuple[int, int], Form | None] = {}
        self._title_memo: dict[tuple[int, int], Title | None] = {}

    def scan(self) -> list[Mention]:
        """All mentions in the order of the text, none overlapping another."""
        out: list[Mention] = []
        for sentence in self.parse.sentences:
            i = sentence.first
            while i < sentence.last:
                mention = self._mention(i, sentence.last, sentence.first)
                if mention is None:
                    i += 1
                else:
                    if (
                        mention.kind in ("person", "title")
                        and i > sentence.first
                        and self.tokens[i - 1].text in _STYLED
                    ):
                        mention.first -= 1  # "HE the ..." is one noun phrase with it; a parser may make it the head
                    out.append(mention)
                    i = mention.last + 1
        return out

    # -- the words at a token ------------------------------------------------------------------------------------

    def form(self, i: int, end: int) -> Form | None:
        key = (i, end)
        if key not in self._form_memo:
            self._form_memo[key] = self.forms.at(self.text, self.tokens, i, end, self.on) if i < end else None
        return self._form_memo[key]

    def title(self, i: int, end: int) -> Title | None:
        key = (i, end)
        if key not in self._title_memo:
            self._title_memo[key] = title_at(self.folded, self.tokens, i, end) if i < end else None
        return self._title_memo[key]

    def long_mentions(self) -> list[tuple[int, int, int]]:
        """Stretches ``(first, last, head)`` of more than one token that a parser should see as one word."""
        out: list[tuple[int, int, int]] = []
        for m in self.scan():
            if m.weak or (m.last == m.first and m.kind != "person"):
                continue
            if m.kind == "person":
                last = m.last
                if (
                    "," in self.folded[m.name_last + 1 : m.last + 1]
                    and last + 1 < len(self.tokens)
                    and self.folded[last + 1] == ","
                ):
                    last += 1  # the comma that closes the apposition
                out.append((m.first, last, m.name_last))
            elif m.kind == "title":
                out.append((m.first, m.last, m.extra_head if m.extra_head >= 0 else m.last))
            elif m.kind in ("form", "side"):
                out.append((m.first, m.last, m.last))
        return out

    def _is_cap(self, i: int) -> bool:
        text = self.tokens[i].text
        return text[0].isupper() and text[0].isalpha()

    def _joined(self, i: int) -> bool:
        """Whether token ``i`` is a hyphen inside a word."""
        t = self.tokens
        return (
            t[i].text in ("-", "–", "'", "’")
            and i > 0
            and i + 1 < len(t)
            and t[i - 1].end == t[i].start
            and t[i].end == t[i + 1].start
        )

    def name_end(self, i: int, end: int, *, after_title: bool = False) -> int | None:
        """End (exclusive) of a run of name words at ``i``, or None."""
        j, words = i, 0
        while j < end and words < 7:
            t = self.tokens[j]
            low = self.folded[j]
            if words and self._joined(j) and j + 1 < end:
                j += 2
                continue
            if (
                words
                and low in PARTICLES
                and j + 1 < end
                and (self._is_cap(j + 1) or self.folded[j + 1] in PARTICLES or self.tokens[j + 1].text == "-")
            ):
                j += 1
                continue
            if not words and low in ("al", "el") and j + 1 < end and self.tokens[j + 1].text == "-":
                j += 2
                continue
            if (
                not self._is_cap(j)
                or low in NOT_NAMES
                or low.rstrip(".") in ("jan", "feb", "aug", "sept", "oct", "nov", "dec")
            ):
                break
            if any(c.isdigit() for c in t.text) or (words and low.rstrip(".") in NAME_SUFFIXES):
                break
            found = self.form(j, end)
            if found is not None and not (False):
                # a first name that is also a state's: "Jordan", "Israel Katz"
                following = found.last + 1
                if not (
                    words == 0
                    and found.last == j
                    and found.form == "name"
                    and after_title
                    and following < end
                    and self._is_cap(following)
                    and self.folded[following] not in NOT_NAMES
                    and self.form(following, end) is None
                    and self.title(following, end) is None
                ):
                    break
            title = self.title(j, end)
            if (
                title is not None
                and not (words and title.weak)
                and not (words and title.last == j and j + 1 < end and self._joined(j + 1))  # "Amir-Abdollahian"
                and not (
                    words
                    and title.last == j
                    and low in ("king", "prince", "major", "general", "pope", "head", "speaker")
                )
            ):
                break
            words += 1
            j += 1
        while (
            j > i
            and (self.folded[j - 1] in PARTICLES or self.tokens[j - 1].text in ("-", "–", "'", "’"))
            and self.tokens[j - 1].text[0].islower()
        ):
            j -= 1
        if words == 0 or j == i:
            return None
        return j

    def _state_of(self, i: int, end: int) -> tuple[int, list[Form]] | None:
        """A state or a list of states from token ``i``, past "the Republic of": (last token, forms)."""
        j = i
        while j < end and self.folded[j] in STATE_STYLE and self.form(j, end) is None and j - i < 7:
            j += 1
        found = self.form(j, end)
        if found is None:
            return None
        out = [found]
        last = found.last
        k = last + 1
        while k < end:
            m = k
            while m < end and self.folded[m] in (",", "and", "the", "&"):
                m += 1
            if m == k:
                break
            while m < end and self.folded[m] in STATE_STYLE and self.form(m, end) is None and m - k < 8:
                m += 1
            more = self.form(m, end)
            if more is None or more.form == "demonym" or self.title(more.last + 1, end) is not None:
                break
            out.append(more)
            last = more.last
            k = last + 1
        return last, out

    # -- the grammar ---------------------------------------------------------------------------------------------

    def _mention(self, i: int, end: int, start: int) -> Mention | None:
        low = self.folded[i]
        if not (low[:1].isalpha() or low[:1].isdigit()):
            return None
        if self.tokens[i].text in _ADDRESS and i + 2 < end:
            # "HE the Chinese Foreign Minister": a style of address before a title, no pronoun
            k = i + 2 if self.folded[i + 1] == "the" else i + 1
            inner = self._mention(k, end, start)
            if inner is not None and inner.kind in ("person", "title"):
                inner.first = i
                return inner
        group = self._group(i, end)
        if group is not None:
            return group
        found = self.form(i, end)
        if (
            found is None
            and self._is_cap(i)
            and len(low) >= 5
            and self.title(i + 1, end) is not None
            and self.title(i, end) is None
        ):
            found = self.forms.mended(low, i)
        if found is not None:
            return self._after_form(i, end, found)
        former = low in ("former", "ex", "late", "then", "outgoing")
        title = self.title(i, end)
        if title is not None and not (title.weak and self._adjective(title, end)):
            return self._titled(i, end, title, None)
        if low in _ANAPHORIC_TITLES:
            return self._counterpart(i, end, i, None)
        if low in ("our", "my") and i + 1 < end and self.folded[i + 1] in OWN_SIDE:
            return Mention(i, i + 1, "own")
        if former:
            return None
        if (
            self._is_cap(i)
            and low.rstrip(".") in {h.rstrip(".") for h in HONORIFICS}
            and low not in ("he", "his", "her", "the", "air", "field")
        ):
            j = self._skip_honorifics(i, end)
            stop = self.name_end(j, end, after_title=True) if j < end else None
            if stop is not None and j > i:
                return self._named(i, j, stop, end, Mention(i, stop - 1, "person"))
        if self._is_cap(i):
            stop = self.name_end(i, end)
            if stop is not None:
                return self._named(i, i, stop, end, Mention(i, stop - 1, "person", weak=True))
        return None

    def _adjective(self, title: Title, end: int) -> bool:
        """Whether a bare "official", "chief" or "general" only describes the noun behind it ("an official visit")."""
        if title.first != title.last:
            return False
        word = self.folded[title.last]
        if word == "general" and not self._is_cap(title.last):
            return True
        if self._is_cap(title.last) or title.plural or word in ("secretary", "leader", "diplomat", "deputy"):
            return False
        following = self.tokens[title.last + 1].text if title.last + 1 < end else "."
        return following[0].islower() and self.folded[title.last + 1] not in _AFTER_TITLE

    def _skip_honorifics(self, i: int, end: int) -> int:
        j = i
        while j < end and (self.folded[j] in HONORIFICS or (self.tokens[j].text == "." and j > i)) and j - i < 6:
            if self.folded[j] in ("he", "the", "vice", "air", "field", "rear", "his", "her") and not (
                j + 1 < end and self.folded[j + 1] in HONORIFICS
            ):
                break
            j += 1
        return j

    def _group(self, i: int, end: int) -> Mention | None:
        low = self.folded[i]
        if low not in ("the", "both", "two", "these", "all", "sides", "parties"):
            return None
        j, count = i, 0
        while j < end and self.folded[j] in (
            "the",
            "both",
            "two",
            "three",
            "of",
            "these",
            "all",
            "foreign",
            "prime",
            "respective",
            "top",
            "senior",
            "defence",
            "defense",
            "state",
        ):
            if self.folded[j] in ("both", "two"):
                count = 2
            elif self.folded[j] == "three":
                count = 3
            j += 1
        if j >= end:
            return None
        noun = self.folded[j]
        if j == i and low not in ("sides", "parties"):
            return None
        if noun in GROUP_NOUNS and not (noun == "two" and j + 1 < end and self.folded[j + 1] in GROUP_STATES):
            last = j
            if noun == "heads" and j + 2 < end and self.folded[j + 1] == "of":
                last = j + 2
                while (
                    last + 2 < end
                    and self.folded[last + 1] in ("and", "or")
                    and self.folded[last + 2] in ("government", "state")
                ):
                    last += 2
            # "the ministers of Russia and Turkey", "the presidents of ..." name their states
            if last + 1 < end and self.folded[last + 1] in ("of", "from"):
                states = self._state_of(last + 2, end)
                if states is not None:
                    title = self.title(j if noun != "ministers" else max(i + 1, j - 1), end)
                    office = title.office if title and not title.weak else None
                    return Mention(
                        i,
                        states[0],
                        "group",
                        of=tuple(f.id for f in states[1]),
                        office=office,
                        plural=True,
                        count=count,
                    )
                if noun in ("heads", "representatives", "leaders", "partners"):
                    return None
            office = None
            title = self.title(max(i, j - 1), end) or self.title(j, end)
            if title is not None and not title.weak:
                office = title.office
            return Mention(i, last, "group", office=office, plural=True, count=count)
        if (
            count
            and j > i
            and self.folded[j - 1] in ("two", "both", "three")
            and noun not in GROUP_STATES
            and noun
            in (
                "on",
                "also",
                "had",
                "have",
                "discussed",
                "agreed",
                "exchanged",
                "reviewed",
                "touched",
                "spoke",
                "stressed",
                "reaffirmed",
                "then",
                "noted",
                "will",
            )
            and low == "the"
        ):
            return Mention(i, j - 1, "group", plural=True, count=count)
        if noun in GROUP_STATES and (count or low == "both"):
            return Mention(i, j, "group_states", plural=True, count=count)
        return None

    def _after_form(self, i: int, end: int, found: Form) -> Mention:
        """A state or organisation first; then a title, a side noun, a name, or nothing."""
        base = Mention(
            found.first,
            found.last,
            "form",
            of=(found.id,),
            of_kind=found.kind,
            form=found.form,
            ambiguous=(found.id, *found.others) if found.others else (),
        )
        j = found.last + 1
        if j + 2 < end and self.folded[j] == "(":
            short = self.form(j + 1, end)
            if short is not None and short.id == found.id and self.folded[short.last + 1] == ")":
                j = short.last + 2  # "the People's Republic of China (PRC) Special Representative"
        if j < end and self.folded[j] in ("'s", "’s", "'", "’"):
            j += 1
        # "Chinese and Kazakh presidents"
        if (
            j + 1 < end
            and (found.form == "demonym" or self.tokens[found.first].text.isupper())
            and self.folded[j] in (",", "and")
        ):
            more = [found]
            k = j
            while k + 1 < end and self.folded[k] in (",", "and"):
                k2 = k + 1 if self.folded[k + 1] != "and" else k + 2
                other = self.form(k2, end)
                if other is None or other.form != "demonym":
                    break
                more.append(other)
                k = other.last + 1
            if len(more) > 1:
                title = self.title(k, end)
                if title is not None and (title.plural or not title.weak):
                    return Mention(
                        i,
                        title.last,
                        "group",
                        of=tuple(f.id for f in more),
                        office=None if title.weak else title.office,
                        plural=True,
                    )
                if k < end and self.folded[k] in SIDE_NOUNS:
                    return Mention(i, k, "group_states", of=tuple(f.id for f in more), plural=True)
        k = j
        former = False
        while k < end and self.folded[k] in (
            "former",
            "ex",
            "-",
            "acting",
            "interim",
            "new",
            "caretaker",
            "late",
            "then",
            "visiting",
            "outgoing",
            "powerful",
            "newly",
            "appointed",
            "top",
            "senior",
            "chief",
        ):
            if self.title(k, end) is not None:
                break
            former = former or self.folded[k] in ("former", "ex", "late", "then")
            k += 1
        title = self.title(k, end)
        if title is not None and not (title.weak and self._adjective(title, end)):
            return self._titled(i, end, title, found, former)
        # an organ between the state and the title: "Iranian Army Commander", "Russian Foreign Ministry spokesperson"
        k2 = k
        while k2 < end and k2 - k < 5 and self._is_cap(k2) and self.form(k2, end) is None:
            title = self.title(k2, end)
            if title is not None and k2 > k:
                return self._titled(i, end, title, found, former)
            k2 += 1
        if k < end and self.folded[k] in _ANAPHORIC_TITLES:
            return self._counterpart(i, end, k, found)
        if (
            j < end
            and self.folded[j] in SIDE_NOUNS
            and (found.form in ("demonym", "name", "historic", "metonym") or self.folded[j] == "side")
        ):
            base.kind = "side"
            base.last = j
            if j + 2 < end and self.folded[j + 1] in ("'s", "’s"):
                owned = self.title(j + 2, end)
                if owned is not None and not owned.weak:
                    return self._titled(i, end, owned, found, former)
            return base
        if (
            j < end
            and self.folded[j] in ("foreign", "defence", "defense", "interior", "state")
            and j + 1 < end
            and self.folded[j + 1] in ("ministry", "department", "office")
        ):
            base.kind = "side"
            base.last = j + 1
            return base
        if j < end and j > found.last and self._is_cap(j):
            stop = self.name_end(j, end)
            if stop is not None and (j > found.last + 1 or found.form == "demonym"):
                return self._named(
                    i, j, stop, end, Mention(i, stop - 1, "person", of=(found.id,), of_kind=found.kind, weak=True)
                )
        return base

    def _titled(self, i: int, end: int, title: Title, state: Form | None, former: bool = False) -> Mention:
        mention = Mention(
            i,
            title.last,
            "title",
            office=title.office,
            of=(state.id,) if state else (),
            of_kind=state.kind if state else None,
            form=state.form if state else None,
            ambiguous=(state.id, *state.others) if state and state.others else (),
            plural=title.plural,
            weak=title.weak,
            former=former or self._former_before(i),
        )
        mention.extra_head = title.last
        if title.of and state is None:
            mention.extra["of"] = title.of
        j = title.last + 1
        # a second office: "and Foreign Minister", ", Minister of Foreign Affairs"
        while j + 1 < end and self.folded[j] in ("and", ",", "/", "-", "&"):
            k = j + 1
            if self.folded[k] == "and":
                k += 1
            if k < end and self.folded[k] == "the":
                break  # "the President and the Secretary General" are two
            other_state = self.form(k, end)
            if other_state is not None and self.folded[j] == ",":
                break
            if other_state is not None and other_state.id != (state.id if state else None):
                break
            if other_state is not None:
                k = other_state.last + 1
                if k < end and self.folded[k] in ("'s", "’s"):
                    k += 1
            second = self.title(k, end)
            if second is None or second.plural or (second.weak and self.folded[j] == ","):
                break
            if self.folded[j] == "and" and not self._is_cap(k) and self._is_cap(title.first):
                break
            if mention.weak and self.folded[j] == "and" and i > 0 and self.folded[i - 1] == "the":
                break  # "the Secretary and Foreign Minister X"
            if second.office == "head_of_state" and mention.office not in (
                "party_head",
                "org_head",
                "head_of_government",
            ):
                break  # "the Secretary and Pope Francis", "the Vice President and President X"
            mention.office = (
                second.office if mention.weak else weightier(mention.office or second.office, second.office)
            )
            mention.weak = mention.weak and second.weak
            mention.last = second.last
            j = second.last + 1
        # "National Security Adviser to the President of X, NAME"
        if j + 2 < end and self.folded[j] == "to" and self.folded[j + 1] == "the":
            outer = self.title(j + 2, end)
            if outer is not None and not outer.plural:
                after = outer.last + 1
                states = self._state_of(after + 1, end) if after + 1 < end and self.folded[after] == "of" else None
                mention.last = outer.last
                j = after
                if states is not None:
                    mention.of, mention.of_kind = (states[1][0].id,), states[1][0].kind
                    mention.last = states[1][0].last
                    j = mention.last + 1
        # its state behind it: "of the Republic of Kazakhstan", "of the General Staff of ... Belarus", "to the EU"
        hops = 0
        while j + 1 < end and self.folded[j] in ("of", "for", "from", "in", "on") and hops < 4:
            states = self._state_of(j + 1, end)
            if states is not None and self.folded[j] in ("for", "on") and states[1][0].form == "demonym":
                states = None  # "for Korean Peninsula Affairs" is a field, not whose envoy it is
            if states is not None:
                last, forms = states
                if title.plural and len(forms) > 1:
                    mention.kind = "group"
                    mention.of = tuple(f.id for f in forms)
                elif mention.office == "special_envoy" and self.folded[j] in ("for", "on"):
                    last = forms[0].last  # "Special Representative for Syria": the field, not whose envoy
                elif not mention.of:
                    mention.of, mention.of_kind = (forms[0].id,), forms[0].kind
                    last = forms[0].last
                elif self.folded[j] in ("for", "on"):
                    last = forms[0].last
                else:
                    break
                mention.last = last
                j = last + 1
                if j + 1 < end and self.folded[j] == "(":
                    close = j
                    while close < end and self.folded[close] != ")" and close - j < 6:
                        close += 1
                    if close < end and self.folded[close] == ")":
                        mention.last = close
                        j = close + 1
                # "Minister of X of STATE, Minister of Y NAME" continues below with the name
                break
            if self.folded[j] in ("from", "on"):
                break
            k = j + 1
            while (
                k < end
                and k - j < 10
                and (
                    (self.folded[k] in NOT_NAMES and (self._is_cap(k) or self.folded[k] in ("the", "and")))
                    or self.folded[k] in ("of", "for", "&", ",", "minority", "majority")
                    or self.form(k, end) is not None
                )
            ):
                k += 1
            if (
                k > j + 1
                and k < end
                and self._is_cap(k)
                and self.folded[k] not in NOT_NAMES
                and not (self.form(k - 1, end) is not None and self.folded[j] in ("of", "in"))
            ):
                stop = self.name_end(k, end, after_title=True)
                if stop is not None and stop - k >= 2:
                    j = k
                    break
            if self.folded[j] == "in":
                break
            k = j + 1
            while (
                k < end
                and (self._is_cap(k) or self.folded[k] in ("the", "and", "of", "for", "&", ","))
                and self.form(k, end) is None
                and k - j < 9
            ):
                if self.folded[k] in ("of", "for") and k > j + 1:
                    break
                if self.folded[k] == "," and not (
                    k + 1 < end and self._is_cap(k + 1) and self.title(k + 1, end) is None
                ):
                    break
                k += 1
            if k >= end or self.folded[k] not in ("of", "for"):
                break
            if not any(self._is_cap(m) for m in range(j + 1, k)) and not title.weak:
                break
            j = k
            hops += 1
        if mention.of_kind == "org" and mention.office in ("head_of_state", "head_of_government"):
            mention.office = "org_head"
        if mention.weak and not mention.of and j + 1 < end and self.folded[j] in ("of", "for") and hops == 0:
            mention.extra["other"] = "yes"  # "the leader of the minority": nobody the text named before
        if title.plural and mention.kind == "title" and title.first == i and j < end:
            stop = self.name_end(j, end, after_title=True)
            if stop is not None and stop - j >= 2:
                return self._named(i, j, stop, end, mention)  # "Presidents Joe Biden and Vladimir Putin"
        if title.plural and mention.kind == "title":
            mention.kind = "group" if not mention.of or len(mention.of) > 1 else "title"
            if mention.kind == "group":
                return mention
        # "the President's Office", "the Prime Minister's spokesman"
        if j + 1 < end and self.folded[j] in ("'s", "’s"):
            second = self.title(j + 1, end)
            if second is not None and not second.weak and mention.kind == "title":
                inner = self._titled(i, end, second, state, former)
                inner.of = inner.of or mention.of
                inner.of_kind = inner.of_kind or mention.of_kind
                return inner
            if self.folded[j + 1] in ("office", "press", "administration", "secretariat", "website"):
                mention.kind = "side"
                mention.last = j + 1
                mention.office = None
                return mention
            return mention
        if j < end and self.folded[j] == "," and j + 1 < end:
            # "Foreign Minister, Wang Yi called": a name may follow its comma
            k = self._skip_honorifics(j + 1, end)
            stop = self.name_end(k, end, after_title=True)
            if stop is not None and self._comma_name(k, stop, end):
                return self._named(i, k, stop, end, mention)
            return mention
        k = self._skip_honorifics(j, end)
        # a rank or a second title without comma: "Minister of Defence Brigadier General Aziz Nasirzadeh"
        second = self.title(k, end)
        if second is not None and not second.plural and self._is_cap(k) and second.last + 1 < end:
            begin = self._skip_honorifics(second.last + 1, end)
            stop = self.name_end(begin, end, after_title=True)
            if stop is not None:
                mention.office = (
                    second.office if mention.weak else weightier(mention.office or second.office, second.office)
                )
                mention.weak = False
                return self._named(i, begin, stop, end, mention)
        stop = self.name_end(k, end, after_title=True) if k < end else None
        if stop is not None:
            return self._named(i, k, stop, end, mention)
        return mention

    def _comma_name(self, k: int, stop: int, end: int) -> bool:
        """Whether a capitalised run after "TITLE," is the holder's name and not the next item of a list."""
        if stop - k < 2:
            return False
        while stop < end and self.folded[stop].rstrip(".") in NAME_SUFFIXES:
            stop += 1
        following = self.folded[stop] if stop < end else "."
        return following in (",", ".", ";", ")", "(") or (stop < end and self.tokens[stop].text[0].islower())

    def _former_before(self, i: int) -> bool:
        return (i > 0 and self.folded[i - 1] in ("former", "late", "outgoing", "then")) or (
            i > 1 and self.folded[i - 1] == "-" and self.folded[i - 2] in ("ex", "then")
        )

    def _counterpart(self, i: int, end: int, k: int, state: Form | None) -> Mention:
        mention = Mention(
            i,
            k,
            "counterpart",
            of=(state.id,) if state else (),
            of_kind=state.kind if state else None,
            plural=self.folded[k].endswith("s"),
        )
        j = k + 1
        if j + 1 < end and self.folded[j] in ("from", "of", "in"):
            states = self._state_of(j + 1, end)
            if states is not None:
                mention.of, mention.of_kind = tuple(f.id for f in states[1]), states[1][0].kind
                mention.last = states[0]
                j = states[0] + 1
        comma = j < end and self.folded[j] == ","
        n = self._skip_honorifics(j + 1 if comma else j, end)
        title = self.title(n, end)
        if title is not None and not title.weak:
            n = self._skip_honorifics(title.last + 1, end)
            mention.extra["office"] = title.office
        stop = self.name_end(n, end, after_title=True) if n < end else None
        if stop is not None and (not comma or self._comma_name(n, stop, end) or stop - n >= 2):
            return self._named(i, n, stop, end, mention)
        return mention

    def _named(self, i: int, first: int, stop: int, end: int, mention: Mention) -> Mention:
        """Takes the name in, and what stands behind it: "of STATE", ", TITLE of STATE"."""
        mention.name = _name_words(self.text, self.tokens, first, stop)
        mention.name_first, mention.name_last = first, stop - 1
        if stop + 1 < end and self.folded[stop] == "," and self.folded[stop + 1] in ("jr.", "jr", "sr.", "sr"):
            stop += 2
        while stop < end and self.folded[stop].rstrip(".") in NAME_SUFFIXES:
            stop += 1
        mention.last = stop - 1
        if mention.kind in ("title", "counterpart"):
            mention.extra["was"] = mention.kind
            mention.kind = "person"
            mention.weak = False
        j = stop
        if j + 1 < end and self.folded[j] in ("of", "from") and not mention.of:
            states = self._state_of(j + 1, end)
            if states is not None:
                mention.of, mention.of_kind = (states[1][0].id,), states[1][0].kind
                mention.last = states[1][0].last
                j = mention.last + 1
                mention.weak = False
        if j + 1 < end and self.folded[j] in (",", "("):
            k = j + 1
            if self.folded[k] in ("the", "a"):
                k += 1
            state = self.form(k, end)
            if state is not None:
                k = state.last + 1
                if k < end and self.folded[k] in ("'s", "’s"):
                    k += 1
            title = self.title(k, end)
            if (
                title is not None
                and not title.plural
                and (state is not None or not title.weak or self.folded[j + 1] == "the")
            ):
                inner = self._titled(k if state is None else j + 1, end, title, state)
                compatible = not mention.of or not inner.of or inner.of == mention.of
                if (
                    not inner.name
                    and inner.kind == "title"
                    and compatible
                    and (inner.of or not title.weak)
                    and (
                        inner.last + 1 >= end
                        or self.folded[inner.last + 1]
                        in (",", ")", ".", ";", "who", "said", "has", "was", "and", "-", "–", "—")
                    )
                ):
                    if mention.office is None:
                        mention.office = inner.office
                    elif inner.office is not None:
                        mention.office = weightier(mention.office, inner.office)
                    if inner.of:
                        mention.of, mention.of_kind = inner.of, inner.of_kind
                    if "of" in inner.extra and not mention.of:
                        mention.extra["of"] = inner.extra["of"]
                    mention.last = inner.last
                    mention.weak = False
        return mention


def _name_words(text: str, tokens: Sequence[Token], first: int, stop: int) -> tuple[str, ...]:
    """The words of a name as written, hyphens kept inside words."""
    return tuple(text[tokens[first].start : tokens[stop - 1].end].replace("’", "'").split())
