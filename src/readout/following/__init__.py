"""What is followed through an archive: promises and what became of them, formulas that a side repeats, persons."""

from readout.following.changing import Changed, ChangedPhrase, Changes
from readout.following.collecting import Chosen, records_of, some_records
from readout.following.digests import Digest, Happening, NewContact, NewDocument, NewLabel, digest
from readout.following.digests_told import DIGEST_COLUMNS, digest_csv, digest_markdown, digest_text
from readout.following.ledger import (
    LEDGER_STATUSES,
    Evidence,
    Ledger,
    Promise,
    Wording,
    ledger,
    ledger_of,
    promises,
)
from readout.following.naming import Named, near_names, person_named, persons_named
from readout.following.persons import Borne, Counterpart, Person, Pledge, Said, person
from readout.following.persons_told import PERSON_COLUMNS, person_csv, person_text
from readout.following.phrases import (
    PHRASE_COLUMNS,
    TRENDS,
    Phrase,
    Phrases,
    Use,
    phrases,
    phrases_csv,
    phrases_of,
    phrases_text,
    some_phrases,
)
from readout.following.telling import LEDGER_COLUMNS, ledger_csv, ledger_text
from readout.following.tellings import Contact, Party, Source

__all__ = [
    "DIGEST_COLUMNS",
    "LEDGER_COLUMNS",
    "LEDGER_STATUSES",
    "PERSON_COLUMNS",
    "PHRASE_COLUMNS",
    "TRENDS",
    "Borne",
    "Changed",
    "ChangedPhrase",
    "Changes",
    "Chosen",
    "Contact",
    "Counterpart",
    "Digest",
    "Evidence",
    "Happening",
    "Ledger",
    "Named",
    "NewContact",
    "NewDocument",
    "NewLabel",
    "Party",
    "Person",
    "Phrase",
    "Phrases",
    "Pledge",
    "Promise",
    "Said",
    "Source",
    "Use",
    "Wording",
    "digest",
    "digest_csv",
    "digest_markdown",
    "digest_text",
    "ledger",
    "ledger_csv",
    "ledger_of",
    "ledger_text",
    "near_names",
    "person",
    "person_csv",
    "person_named",
    "person_text",
    "persons_named",
    "phrases",
    "phrases_csv",
    "phrases_of",
    "phrases_text",
    "promises",
    "records_of",
    "some_phrases",
    "some_records",
]
