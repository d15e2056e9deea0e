"""The topics of the guide as they ship; `make docs` writes their file, which is read when a word is asked for."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

#: Where the topics stand, below the folder of what ships.
TOPICS = Path(__file__).parent / "guide" / "topics.json"

#: A topic as it is written down: its name, kind, place and other names, and the paragraphs that are said of it.
TopicRow = Mapping[str, str | Sequence[str]]


def read_topic_rows() -> Sequence[TopicRow]:
    """All topics, in the order of the guide."""
    rows: Sequence[TopicRow] = json.loads(TOPICS.read_text("utf-8"))
    return rows
