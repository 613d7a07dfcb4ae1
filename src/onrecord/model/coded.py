"""What another coder, a program or people, made of a report: kept beside the record, never mixed into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CoderKind = Literal["gdelt", "plover"]


@dataclass(frozen=True, slots=True)
class CodedRow:
    """An event as another coder has it: PLOVER `type`, their own `code`, sides by ISO 3166 alpha-3 and by name.

    `origin` is the file and line it was read in, `day` the ISO day of the event, `published` that of the report. What
    the coder does not say is None.
    """

    id: str
    coder: CoderKind
    origin: str
    url: str | None
    title: str | None
    published: str | None
    day: str | None
    type: str | None
    code: str | None
    source: str | None
    source_name: str | None
    target: str | None
    target_name: str | None
    place: str | None
    text: str | None
