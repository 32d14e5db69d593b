"""Acts and encounters in the codes of CAMEO and PLOVER, and topics: of a record, or of single sentences of news."""

from readout.coding.codes import Code, cameo_codes, mode_of, plover_categories, plover_of, plover_score
from readout.coding.events import COLUMNS, EventRow, make_row
from readout.coding.exchanges import code_record
from readout.coding.sentences import SentenceCoder, code_sentence
from readout.coding.topics import TOPIC_WORDS, TOPICS, TopicHit, topics, topics_of

__all__ = [
    "COLUMNS",
    "TOPICS",
    "TOPIC_WORDS",
    "Code",
    "EventRow",
    "SentenceCoder",
    "TopicHit",
    "cameo_codes",
    "code_record",
    "code_sentence",
    "make_row",
    "mode_of",
    "plover_categories",
    "plover_of",
    "plover_score",
    "topics",
    "topics_of",
]
