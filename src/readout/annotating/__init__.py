"""Document in, Parse out: sentences, tokens, heads. The only room that knows spaCy."""

from readout.annotating.annotator import Annotator
from readout.annotating.sentences import paragraphs, sentences

__all__ = ["Annotator", "paragraphs", "sentences"]
