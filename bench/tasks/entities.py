"""Named people, organisations and places in tokenised articles, with the chains of one article as clusters."""

from __future__ import annotations

from collections.abc import Iterator

from bench.tools import Row, Tools, plain_document
from onrecord.extract.mentions import find_mentions
from onrecord.model.offsets import Span

TYPES = {"person": "person", "organisation": "organization", "group": "organization", "state": "location"}
PLACES = frozenset({"GPE", "LOC", "FAC"})
CLOSE_LEFT = frozenset(".,;:!?)]}%’”'") | {"’s", "'s", "n't", "n’t", "``"}  # tokens written close to the one before
CLOSE_RIGHT = frozenset("([{$“")


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """Clusters of typed token spans, one list an entity; gold entities are not read."""
    return [{"id": row["id"], "entities": _entities(row, tools)} for row in rows]


def _entities(row: Row, tools: Tools) -> list[list[Row]]:
    found: list[list[Row]] = []
    for number, tokens in enumerate(row["sentences"]):
        text, starts = _joined(tokens)
        clusters: dict[object, list[Row]] = {}
        for span, label, cluster in typed_spans(text, tools):
            place = _tokens(span, starts, tokens)
            if place is not None:
                clusters.setdefault(cluster, []).append({"sentence": number, "tokens": list(place), "type": label})
        found.extend(clusters.values())
    return found


def typed_spans(text: str, tools: Tools, heading: bool = True) -> Iterator[tuple[Span, str, object]]:
    """Names by kind of actor, then places by the recogniser that are no actor's name."""
    document = plain_document("article", text, heading=heading)
    parsed = tools.parsed(document)
    covered: list[Span] = []
    for mention in find_mentions(parsed, document, tools.lexicon):
        if mention.kind == "name" and "adjective" not in mention.rule and mention.actor_kind in TYPES:
            covered.append(mention.span)
            people = mention.rule.startswith("people")
            if not people:
                yield mention.span, TYPES[mention.actor_kind], mention.chain
    for named in parsed.named:
        article = parsed.tokens[named.first].lower == "the" and named.last - named.first > 1
        span = parsed.span(named.first + article, named.last)
        if named.label in PLACES and not any(span.overlaps(other) for other in covered):
            yield span, "location", parsed.words(span)


def _joined(tokens: list[str]) -> tuple[str, list[int]]:
    """The tokens as a text with plain spacing, and where each starts."""
    text, starts = "", list[int]()
    for index, token in enumerate(tokens):
        near = not text or token in CLOSE_LEFT or text[-1] in CLOSE_RIGHT or text[-1].isspace() or token.isspace()
        near = near or "-" in (token, tokens[index - 1])
        text += "" if near else " "
        starts.append(len(text))
        text += token
    return text, starts


def _tokens(span: Span, starts: list[int], tokens: list[str]) -> tuple[int, int] | None:
    """The tokens [first, last) that a span covers, from the first that starts in it."""
    covered = [i for i, start in enumerate(starts) if span.start <= start < span.end and tokens[i].strip()]
    return (covered[0], covered[-1] + 1) if covered else None
