"""Encodings, binaries and every code of refusal."""

from __future__ import annotations

import codecs
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout.errors import (
    BinaryData,
    EmptyText,
    MalformedInput,
    NotEnglish,
    ReadingError,
    ReadoutError,
    SettingError,
    TextTooLong,
    UndecodableText,
)
from readout.reading import body_start, documents, from_mapping, read_bytes, read_text, source_offset
from readout.records import Document, Refusal
from readout.settings import Settings

TEXT = "The minister said that the “talks” with Mr Müller in Kraków – and in Šiauliai – were useful for both sides."
WEST = (
    "The foreign minister said that the “talks” with Mr Müller – held in the café – were useful for both of the sides."
)
HOSTILE = Path(__file__).parents[1] / "hostile"
FUZZ = 10_000 if os.environ.get("READOUT_FUZZ") == "full" else 1_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_unicode_encodings_give_the_text(encoding: str) -> None:
    document = read_bytes(TEXT.encode(encoding), id="x")
    assert document.text == TEXT


def test_windows_1252_is_found_and_noted() -> None:
    document = read_bytes(WEST.encode("cp1252"), id="x")
    assert document.text == WEST and document.encoding == "cp1252"
    note = next(n for n in document.notes if n.code == "encoding")
    assert "confidence" in note.message and "cp1252" in note.message


def test_latin_1_letters_are_found() -> None:
    text = "The minister met Mr Müller and Mr Núñez in the café of the ministry for talks on trade and security."
    assert read_bytes(text.encode("latin-1"), id="x").text == text


def test_cyrillic_windows_text_is_refused_as_another_language() -> None:
    text = "Министр иностранных дел провёл переговоры со своим коллегой. Стороны обсудили вопросы торговли." * 5
    with pytest.raises(NotEnglish, match="English version"):
        read_bytes(text.encode("cp1251"), id="x")


def test_line_ends_and_odd_characters_stay() -> None:
    text = "The minister said\r\nthat the talks\rwere\u2028useful\u00a0for both of the sides.\x0c"
    document = read_bytes(text.encode(), id="x")
    assert document.text == text and not document.edits


def test_bom_and_nul_are_mapped_back() -> None:
    source = "The minister\x00 said that the talks were useful."
    document = read_bytes(codecs.BOM_UTF8 + source.encode(), id="x")
    assert document.text == source.replace("\x00", "\ufffd")
    assert [(e.source_start, e.text_start, e.old, e.new) for e in document.edits] == [
        (0, 0, "\ufeff", ""),
        (13, 12, "\x00", "\ufffd"),
    ]
    assert source_offset(document, document.text.index("said")) == ("\ufeff" + source).index("said")
    assert {n.code for n in document.notes} >= {"bom", "characters-replaced"}


def test_damaged_utf_8_keeps_the_rest() -> None:
    data = (TEXT * 3).encode() + b"\xe2\x80"
    document = read_bytes(data, id="x")
    assert document.text.endswith("\ufffd\ufffd") and document.encoding == "utf-8"
    assert "encoding-damaged" in {n.code for n in document.notes}


def test_a_surrogate_in_utf_16_is_mapped() -> None:
    document = read_bytes(("The minister said \ud800 that talks were held").encode("utf-16", "surrogatepass"), id="x")
    assert "\ud800" not in document.text and "\ufffd" in document.text
    assert any(e.old == "\ud800" for e in document.edits)


@pytest.mark.parametrize(
    ("data", "error", "remedy"),
    [
        (b"", EmptyText, "at least one sentence"),
        (b" \n\t ", EmptyText, "at least one sentence"),
        (b"12345 --- 6789", EmptyText, "at least one sentence"),
        (b"%PDF-1.7 abc", BinaryData, "pdftotext"),
        (b"PK\x03\x04word/document.xml", BinaryData, "save it as plain text"),
        (b"PK\x03\x04abc", BinaryData, "unpack"),
        (b"\x1f\x8b\x08\x00", BinaryData, "gunzip"),
        (b"{\\rtf1 abc}", BinaryData, "plain text"),
        (b"\x89PNG\r\n", BinaryData, "text recognition"),
        (b"<!DOCTYPE html><html><p>The minister</p></html>", BinaryData, "save the article's text"),
        (b"\n <html lang='en'><p>The minister</p></html>", BinaryData, "save the article's text"),
        (bytes(range(256)) * 20, BinaryData, "plain text"),
        (b"\xff\xfe" + b"\x00\xd8\x00\x00" * 2 + b"\x00", ReadingError, ""),
        ("Le ministre des affaires étrangères a reçu son homologue dans la capitale.".encode(), NotEnglish, "English"),
        ("外交部长会见了他的同行，双方讨论了贸易问题。".encode(), NotEnglish, "English version"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(data: bytes, error: type[ReadingError], remedy: str) -> None:
    with pytest.raises(error) as caught:
        read_bytes(data, id="x", source="x.txt")
    assert remedy in caught.value.message


def test_limits() -> None:
    with pytest.raises(TextTooLong, match="max_bytes"):
        read_bytes(b"a" * 101, id="x", settings=Settings(max_bytes=100))
    with pytest.raises(TextTooLong, match="max_chars"):
        read_text("a" * 101, id="x", settings=Settings(max_chars=100))


def test_an_encoding_that_cannot_be_found_out_is_refused() -> None:
    with pytest.raises(UndecodableText, match="iconv"):
        read_bytes(codecs.BOM_UTF8 + b"The minister \xff\xfe\xfd " * 40, id="x")


LANGUAGES = {
    "French": "Le ministre a reçu hier son homologue pour un entretien sur les relations entre les deux pays.",
    "Spanish": "El ministro recibió ayer a su homólogo para hablar sobre las relaciones entre los dos países.",
    "Portuguese": "O ministro recebeu ontem o seu homólogo para falar sobre as relações entre os dois países.",
    "Italian": "Il ministro ha ricevuto ieri il suo omologo per parlare delle relazioni tra i due paesi.",
    "German": "Der Minister empfing gestern seinen Amtskollegen und sprach mit ihm über die Beziehungen der Länder.",
    "Dutch": "De minister sprak gisteren met zijn collega over de betrekkingen tussen de twee landen.",
    "Turkish": "Bakan dün mevkidaşı ile bir araya geldi ve iki ülke arasında ilişkiler için görüşme yaptı.",
    "Polish": "Minister spotkał się wczoraj ze swoim odpowiednikiem i rozmawiał o stosunkach między krajami.",
    "Indonesian": "Menteri itu bertemu dengan mitranya dan membahas hubungan antara kedua negara pada hari ini.",
    "Swahili": "Waziri alikutana na mwenzake jana na kuzungumza kuhusu uhusiano wa nchi hizo katika mkutano.",
    "Swedish": "Ministern träffade sin kollega och talade om förbindelserna mellan de två länderna på måndagen.",
    "Romanian": "Ministrul s-a întâlnit cu omologul său și au discutat despre relațiile dintre cele două țări.",
    "Vietnamese": "Bộ trưởng đã gặp người đồng cấp và thảo luận về quan hệ của hai nước trong cuộc họp.",
    "Uzbek": "Vazir kecha hamkasbi bilan uchrashdi va ikki davlat munosabatlari haqida suhbatlashdi.",
}
ENGLISH = [
    "Wang Yi, Mukhtar Tileuberdi discuss cooperation",
    "Putin congratulates Tokayev",
    "LAVROV AND CAVUSOGLU DISCUSS SYRIA, KARABAKH AND THE BLACK SEA GRAIN DEAL IN ANKARA",
    "Sergey Lavrov, Mevlüt Çavuşoğlu, Hossein Amir-Abdollahian and Faisal Mekdad met in Astana to discuss Idlib.",
    "Readout of the call between President Zelenskyy and Prime Minister Ciucă of Romania",
    "Kassym-Jomart Tokayev received Shavkat Mirziyoyev, Sadyr Zhaparov, Emomali Rahmon at Akorda on Monday.",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages_are_refused(language: str) -> None:
    with pytest.raises(NotEnglish):
        read_text(LANGUAGES[language], id="x")


@pytest.mark.parametrize("text", ENGLISH)
def test_english_full_of_names_is_read(text: str) -> None:
    assert read_text(text, id="x").text == text


def test_mixed_text_is_noted() -> None:
    text = "The minister said that the talks were useful for both sides. " + LANGUAGES["French"]
    assert "language-mixed" in {n.code for n in read_text(text, id="x").notes}


@given(st.text(alphabet=st.characters(exclude_categories=())))
@settings(max_examples=FUZZ, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_gives_a_document_or_a_named_refusal(text: str) -> None:
    for candidate in (text, "MOSCOW, May 1 (" + text, "The minister said that the two sides met. " + text):
        try:
            document = read_text(candidate, id="x")
        except ReadingError:
            continue
        assert document.text == candidate
        assert 0 <= body_start(document) <= len(candidate)
        for note in document.notes:
            if note.span:
                note.span.within(candidate)


@given(st.binary(max_size=400), st.sampled_from([b"", codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff", TEXT.encode()]))
@settings(max_examples=FUZZ, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_give_a_document_or_a_named_refusal(data: bytes, before: bytes) -> None:
    try:
        document = read_bytes(before + data, id="x")
    except ReadingError as error:
        assert error.message
    else:
        document.text.encode("utf-8")  # nothing is left that cannot be written


@pytest.mark.parametrize(
    ("mapping", "field"),
    [
        ({"id": "a"}, "text"),
        ({"id": "a", "text": None}, "text"),
        ({"id": "a", "text": 3}, "text"),
        ({"id": ["a"], "text": TEXT}, "id"),
        ({"text": TEXT}, "id"),
        ({"id": "a", "text": TEXT, "title": 4}, "title"),
        ({"id": "a", "text": TEXT, "issuer": {}}, "issuer"),
        ({"id": "a", "text": TEXT, "url": False}, "url"),
        ({"id": "a", "text": TEXT, "date": 20220110}, "date"),
        ({"id": "a", "text": TEXT, "date": "10.1.2022"}, "date"),
        ({"id": "a", "text": TEXT, "date": "2022-02-30"}, "date"),
    ],
)
def test_a_malformed_mapping_names_its_field(mapping: dict[str, object], field: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        from_mapping(mapping)
    assert caught.value.parts["field"] == field and f'"{field}"' in caught.value.message


@pytest.mark.parametrize(
    "day", ["2022-01-10", "2022-01-10T23:30:00", "2022-01-10T23:30:00Z", "2022-01-10 23:30:00+05:00"]
)
def test_dates_of_mappings(day: str) -> None:
    document = from_mapping({"id": "a", "text": TEXT, "date": day})
    assert document.publication.date is not None and document.publication.date.isoformat() == "2022-01-10"


def test_settings_refuse_by_name() -> None:
    for values, name in (
        ({"max_charz": 1}, "max_charz"),
        ({"max_chars": "many"}, "max_chars"),
        ({"max_chars": 0}, "max_chars"),
    ):
        with pytest.raises(SettingError, match=name):
            Settings.of(values)
    with pytest.raises(SettingError, match="batch_size"):
        Settings(batch_size=True)
    assert Settings.of({"max_chars": "10", "min_english_share": "0.5"}).max_chars == 10
    assert all(d["sentence"] and d["unit"] for d in Settings.describe())


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*")) if HOSTILE.is_dir() else [], ids=lambda p: p.name)
def test_hostile_files_are_read_or_refused(path: Path) -> None:
    for item in documents(path):
        assert isinstance(item, Document | Refusal)
        json.dumps(item.id)


def test_no_other_error_is_a_reading_error() -> None:
    assert issubclass(ReadingError, ReadoutError)
