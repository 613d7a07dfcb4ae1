"""STIX 2.1: one bundle, for OpenCTI and its like.

Actors are Identities, places Locations, reports Reports on what is told in them; an event between two known actors is a
Relationship of its type, any other claim a Note; a contradiction is an Opinion on both sides that takes neither. Where
the words stand is in `external_references`. Ids are made of the record's ids and times are those of reports, so that
the same record gives the same bundle; what has no known time says 1970, as STIX must have one.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from onrecord import __version__
from onrecord.errors import StoreError
from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.export.wording import content, heading, is_news, web_address, when
from onrecord.lexicon.codes import alpha2
from onrecord.model.timex import days_of
from onrecord.optional import need
from onrecord.store import Row

CARRIES: dict[str, tuple[str, ...]] = {
    "actors": ("id", "name", "kind", "country", "aliases", "roles", "sector", "wikidata"),
    "documents": ("id", "path", "title", "outlet", "url", "language", "published"),
    "statements": ("id", "document", "path", "content", "cue_kind", "speaker", "actor", "addressee", "negated",
                   "certainty", "kind"),
    "events": ("id", "document", "path", "event_type", "mode", "contexts", "evidence", "actors", "recipients", "date",
               "place", "status", "score"),
    "figures": ("id", "document", "path", "span", "value", "unit", "bound", "what", "giver", "receiver"),
    "contradictions": ("id", "kind", "left", "right", "spans", "words"),
}  # fmt: skip
NAMESPACE = uuid.UUID("6f1f7f3a-52f4-5c0e-9d6b-6f6e72656364")  # of our ids; made up once, never to change
NO_TIME = "1970-01-01T00:00:00Z"
CLASSES = {"person": "individual", "state": "organization", "organisation": "organization", "group": "group",
           "role": "class"}  # fmt: skip


def write_stix(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write the bundle."""
    stix2 = need("stix2", "stix")
    objects = _Objects(stix2, chosen, tally)
    bundle = {
        "type": "bundle", "id": f"bundle--{uuid.uuid5(NAMESPACE, chosen.view.version() + chosen.asked)}",
    }  # fmt: skip
    head = ", ".join(f'"{name}": "{value}"' for name, value in bundle.items())
    out.write(f'{{{head}, "objects": ['.encode())
    try:
        for number, one in enumerate(objects.make()):
            out.write((b",\n" if number else b"\n") + one.serialize(ensure_ascii=False).encode())
    except stix2.exceptions.STIXError as error:  # only a crafted record holds what the standard does not know
        raise StoreError(f"the record holds what STIX cannot: {error}") from error
    out.write(b"\n]}\n")


class _Objects:
    """Makes the objects of one bundle, each once; the library checks every one of them."""

    def __init__(self, stix2: Any, chosen: Choice, tally: Tally) -> None:
        self._stix2, self._chosen, self._tally = stix2, chosen, tally
        self._reports = chosen.reports()
        self._known: set[str] = set()  # ids of objects that are in the bundle
        self._told: dict[str, dict[str, None]] = defaultdict(dict)  # report: objects told of in it
        self._claims: dict[str, list[str]] = {}  # claim of the record: its objects

    def make(self) -> Iterator[Any]:
        tally, chosen = self._tally, self._chosen
        for row in tally.through("actors", chosen.rows("actors")):
            yield self._add(self._identity(row))
            tally.carry("actors")
        for table, make in (("events", self._event), ("statements", self._statement), ("figures", self._figure)):
            for row in tally.through(table, chosen.rows(table)):
                made = list(make(row))
                yield from made
                self._claims[row["id"]] = [one.id for one in made if one.type != "location"]
                for one in made:
                    self._told[row["document"]][one.id] = None
                tally.carry(table)
        for row in tally.through("documents", chosen.rows("documents")):
            yield from self._report(row)
        for row in tally.through("contradictions", chosen.rows("contradictions")):
            yield from self._opinion(row)

    def _add(self, made: Any) -> Any:
        self._known.add(made.id)
        return made

    def _identity(self, row: Row) -> Any:
        references = [{"source_name": "onrecord", "external_id": row["id"]}]
        if row["wikidata"]:
            address = f"https://www.wikidata.org/wiki/{row['wikidata']}"
            references.append({"source_name": "wikidata", "external_id": row["wikidata"], "url": address})
        aliases = [alias for alias in row["aliases"] if alias != row["name"]]
        facts = {"also": ", ".join(aliases), "country": row["country"], "sector": row["sector"]}
        described = "; ".join(f"{name}: {value}" for name, value in facts.items() if value)
        return self._stix2.Identity(
            id=_id("identity", row["id"]), name=row["name"], identity_class=CLASSES.get(row["kind"], "unspecified"),
            roles=[role["title"] for role in row["roles"]] or None, description=described or None,
            external_references=references, **_stamps(NO_TIME),
        )  # fmt: skip

    def _event(self, row: Row) -> Iterator[Any]:
        place = self._location(row)
        if place is not None and place.id not in self._known:
            yield self._add(place)
        pairs = self._pairs(row)
        for source, target in pairs:
            days = days_of((row["date"] or {}).get("value"))
            yield self._add(self._stix2.Relationship(
                id=_id("relationship", row["id"], source, target), relationship_type=row["event_type"].lower(),
                source_ref=source, target_ref=target, description=self._described(row),
                start_time=_midnight(days[0]) if days else None,
                stop_time=_midnight(days[1]) if days and days[0] != days[1] else None,
                labels=_labels(row), confidence=round(row["score"] * 100),
                external_references=[self._words(row["document"], row["evidence"], row["id"])],
                **self._times(row["document"]),
            ))  # fmt: skip
        if not pairs:
            self._note_days(row)
            about = [*self._parties(row, "actors"), *self._parties(row, "recipients")]
            yield self._note(row, self._described(row), heading(row), about, row["evidence"], _labels(row))

    def _pairs(self, row: Row) -> list[tuple[str, str]]:
        actors, recipients = self._parties(row, "actors"), self._parties(row, "recipients")
        return [(a, b) for a in actors for b in recipients if a != b]

    def _parties(self, row: Row, side: str) -> list[str]:
        ids = (_id("identity", party["actor"]["id"]) for party in row[side] if party["actor"])
        return list(dict.fromkeys(id for id in ids if id in self._known))

    def _note_days(self, row: Row) -> None:
        if row["date"]:
            self._tally.shorten("events", row["id"], "date", "a note has no day; it stands in the words")

    def _described(self, row: Row) -> str:
        date = f", {when(row['date'])}" if row["date"] else ""
        place = f", {row['place']['name']}" if row["place"] else ""
        return f"{heading(row)}{date}{place}: “{row['evidence']['text']}”"

    def _location(self, row: Row) -> Any | None:
        place = row["place"]
        if not place:
            return None
        country = alpha2(place["country"])
        known = {"country": country} if country else {}
        if place["lat"] is not None:
            known |= {"latitude": place["lat"], "longitude": place["lon"]}
        if not known:
            self._tally.shorten("events", row["id"], "place", "a location needs a country or coordinates")
            return None
        id = _id("location", str(place["geonameid"] or (place["name"], place["lat"], place["lon"])))
        return self._stix2.Location(id=id, name=place["name"], **known, **_stamps(NO_TIME))

    def _statement(self, row: Row) -> Iterator[Any]:
        named = row["actor"]["name"] if row["actor"] else row["speaker"]["text"] if row["speaker"] else "somebody"
        title = f"{named}: {'not ' if row['negated'] else ''}{row['cue_kind']}"
        about = [_id("identity", actor["id"]) for actor in (row["actor"], row["addressee"]) if actor]
        labels = [row["cue_kind"], row["kind"], f"certainty:{row['certainty']}"]
        yield self._note(row, content(row), title, [id for id in about if id in self._known], row["content"][0], labels)

    def _figure(self, row: Row) -> Iterator[Any]:
        words = f"{row['bound'].replace('_', ' ')} {row['value']:.12g} {row['unit']}"
        about = [_id("identity", actor["id"]) for actor in (row["giver"], row["receiver"]) if actor]
        found = [id for id in about if id in self._known]
        yield self._note(row, f"{row['span']['text']}: {row['what']}", words, found, row["span"], ["figure"])

    def _note(self, row: Row, words: str, title: str, about: list[str], span: Row, labels: list[str]) -> Any:
        """A note must be about something: where no actor is known it is about its report, which may come later."""
        return self._add(self._stix2.Note(
            id=_id("note", row["id"]), content=words, abstract=title, labels=labels or None,
            object_refs=list(dict.fromkeys(about)) or [_id("report", row["document"])],
            external_references=[self._words(row["document"], span, row["id"])], **self._times(row["document"]),
        ))  # fmt: skip

    def _report(self, row: Row) -> Iterator[Any]:
        told = list(self._told[row["id"]])
        value = row["published"]["value"]
        if not told:
            self._tally.lose("documents", row["id"], "nothing is told in it, and a report must tell of something")
            return
        stamp = _instant(value)
        if stamp is None:
            self._tally.shorten("documents", row["id"], "published", "no day is known; it says 1970")
        labels = [f"language:{row['language']}"] if row["language"] else None
        yield self._add(self._stix2.Report(
            id=_id("report", row["id"]), name=row["title"] or row["path"], published=stamp or NO_TIME,
            object_refs=told, labels=labels, external_references=[self._source(row["id"])],
            **_stamps(stamp or NO_TIME),
        ))  # fmt: skip
        self._tally.carry("documents")

    def _opinion(self, row: Row) -> Iterator[Any]:
        both = [id for side in (row["left"], row["right"]) for id in self._claims.get(side, ())]
        if row["left"] not in self._claims or row["right"] not in self._claims:
            self._tally.lose("contradictions", row["id"], "one of its sides is not among the chosen claims")
            return
        references = [self._words(span["document"], span, row["id"]) for span in row["spans"]]
        yield self._add(self._stix2.Opinion(
            id=_id("opinion", row["id"]), opinion="neutral", object_refs=both, labels=[row["kind"]],
            explanation=f"These do not fit each other; which of them holds is not judged. {row['words']}",
            authors=[f"onrecord {__version__}"], external_references=references,
            **self._times(row["spans"][0]["document"]),
        ))  # fmt: skip
        self._tally.carry("contradictions")

    def _source(self, document: str) -> Row:
        report = self._reports[document]
        address = web_address(report)
        made = {"source_name": report["outlet"] or report["path"], "external_id": document}
        return made | {"url": address} if address else made

    def _words(self, document: str, span: Row, id: str) -> Row:
        """The reference that says where words stand: code points of the kept text, with its hash."""
        where = f"code points {span['start']} to {span['end']} of the text with SHA-256 "
        where += self._reports[document]["text_sha256"]
        return {**self._source(document), "external_id": id, "description": f"“{span['text']}”: {where}"}

    def _times(self, document: str) -> Row:
        return _stamps(_instant(self._reports[document]["published"]["value"]) or NO_TIME)


def _id(kind: str, *parts: str) -> str:
    return f"{kind}--{uuid.uuid5(NAMESPACE, ' '.join((kind, *parts)))}"


def _stamps(when: str) -> Row:
    return {"created": when, "modified": when}


def _instant(value: str | None) -> str | None:
    """The day of a report as an instant; None where no day is known."""
    days = days_of(value)
    return _midnight(days[0]) if days and days[0] == days[1] else None


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _labels(row: Row) -> list[str]:
    known = [row["event_type"], *([row["mode"]] if row["mode"] else []), *row["contexts"], f"status:{row['status']}"]
    return [*known, *(["date:by-report"] if is_news(row["date"]) else [])]
