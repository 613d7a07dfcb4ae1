"""What the record says of the claims of some reports, by claim: rows of a few reports need that of these alone."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from onrecord.model.claims import Reading
from onrecord.model.offsets import Span
from onrecord.model.record import Figure, Inherited, Record
from onrecord.model.text import Document


@dataclass(frozen=True, slots=True)
class Claims:
    """What the record says of the claims of some documents: groups and lent days by claim, figures by document and by
    document and span."""

    group_of: Mapping[str, str]
    lent_to: Mapping[str, Inherited]
    figures_in: Mapping[str, Sequence[Figure]]
    figure_at: Mapping[tuple[str, Span], str]


def look_up(documents: Container[str], read: Iterable[tuple[Document, Reading]], record: Record) -> Claims:
    """What a record says of what was read in some documents."""
    claims = {claim.id for _, reading in read for of in (reading.statements, reading.events) for claim in of}
    figures = [figure for figure in record.figures if figure.document in documents]
    figures_in: dict[str, list[Figure]] = {}
    for figure in sorted(figures, key=attrgetter("span")):
        figures_in.setdefault(figure.document, []).append(figure)
    return Claims(
        {member: group.id for group in record.groups for member in group.members if member in claims},
        {lent.event: lent for lent in record.inherited if lent.event in claims},
        figures_in,
        {(figure.document, figure.span): figure.id for figure in figures},
    )
