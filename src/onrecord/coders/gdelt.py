"""GDELT 2.0 event and mention files: columns by their published order, CAMEO codes as PLOVER types.

CAMEO roots as PLOVER types are those of PLOVER's own map.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.coders.values import Unusable, day_of, known
from onrecord.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from onrecord.model.claims import EventType
from onrecord.model.coded import CodedRow
from onrecord.model.ids import make_id

ROOTS: dict[str, EventType] = {  # 01 statements and 02 appeals are no PLOVER events
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE", "09": "ACCUSE",
    "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE",
    "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
RETREATS = ("084", "085", "086", "087")
COUNTRIES = {"ROM": "ROU", "TMP": "TLS", "WSB": "PSE", "GZS": "PSE"}  # CAMEO's codes that are not ISO's


def read_event(cells: Sequence[str], origin: str) -> CodedRow:
    """A row of an event file."""
    row = dict(zip(EVENT_COLUMNS, cells, strict=False))
    number, code = row["GlobalEventID"].strip(), row["EventCode"].strip()
    if not number.isdigit():
        raise Unusable("no event number", number)
    if not re.fullmatch(r"(0[1-9]|1\d|20)\d{0,2}", code):
        raise Unusable("no CAMEO code", code)
    return CodedRow(
        id=f"gdelt_{number}", coder="gdelt", origin=origin, url=known(row["SOURCEURL"]), title=None,
        published=day_of(row["DATEADDED"]), day=day_of(row["Day"]), type=plover_type(code), code=code,
        source=_country(row["Actor1CountryCode"]), source_name=known(row["Actor1Name"]),
        target=_country(row["Actor2CountryCode"]), target_name=known(row["Actor2Name"]),
        place=known(row["ActionGeo_Fullname"]), text=None,
    )  # fmt: skip


def read_mention(cells: Sequence[str]) -> tuple[str, str, str]:
    """A row of a mention file: the event's id, the address of the report, the day it came out."""
    row = dict(zip(MENTION_COLUMNS, cells, strict=False))
    if not row["GlobalEventID"].strip().isdigit():
        raise Unusable("no event number", row["GlobalEventID"])
    return f"gdelt_{row['GlobalEventID'].strip()}", row["MentionIdentifier"].strip(), row["MentionTimeDate"]


def join_mentions(rows: Iterable[CodedRow], mentions: Iterable[tuple[str, str, str]]) -> list[CodedRow]:
    """The rows, and each again for every other report that mentions its event."""
    held = list(rows)
    events = {row.id: row for row in held}
    for event, url, time in mentions:
        row = events.get(event)
        if row is not None and url and url != row.url:
            held.append(replace(row, id=make_id("gdelt", event, url), url=url, published=day_of(time)))
    return list({row.id: row for row in held}.values())


def plover_type(code: str) -> EventType | None:
    """The PLOVER type of a CAMEO code; None for statements and appeals."""
    return "RETREAT" if code.startswith(RETREATS) else ROOTS.get(code[:2])


def _country(code: str) -> str | None:
    held = known(code)
    return COUNTRIES.get(held, held) if held else None
