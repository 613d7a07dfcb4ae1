"""What other tools take, as JSON Schemas of our own: PLOVER, TimelineJS, ClaimReview drafts, CSL; GDELT's columns.

From the PLOVER manual's chapter on data fields, the TimelineJS documentation of its JSON, schema.org with Google's page
on ClaimReview, the CSL 1.0.2 specification of its input, and the GDELT 2.0 codebook.
"""

from __future__ import annotations

from typing import Any

from onrecord.model.claims import EVENT_TYPES

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "string", "minLength": 1}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}


def only(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object of these fields and no others."""
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def some(items: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


ENTITY = {
    **only(
        code={"type": "string", "pattern": "^[A-Z]{3}$"}, sector={"type": "string", "pattern": "^([A-Z]{3}){1,2}$"},
        entity_text=WORDS, identifier_id=WORDS, identifier_text=WORDS,
    ),
    "minProperties": 1,
}  # fmt: skip
PLOVER: Schema = {
    **only(
        ("id", "date", "actor", "event"),
        id=WORDS, has_event={"type": "boolean"}, date=DAY, enddate=DAY, actor=some(ENTITY, 1), recipient=some(ENTITY),
        event=some({"enum": list(EVENT_TYPES)}, 1), mode=some(WORDS), context=some(WORDS),
        quad_code={"enum": [1, 2, 3, 4]}, event_scale={"type": "number", "minimum": -10, "maximum": 10},
        event_text=some(WORDS), text=WORDS,
        event_loc=only(
            extracted_place=WORDS, resolved_place=WORDS, geonameid={"type": "integer"},
            lat={"type": "number", "minimum": -90, "maximum": 90},
            lon={"type": "number", "minimum": -180, "maximum": 180},
            country_code={"type": "string", "pattern": "^[A-Z]{3}$"}, resolution={"enum": [1, 2, 3, 4, 5]},
        ),
        text_info=only(start={"type": "integer", "minimum": 0}, end={"type": "integer", "minimum": 1}),
        cite_info=only(
            url={"type": "string", "pattern": "^https?://"}, title=WORDS, publication=WORDS, citation=WORDS,
            language={"type": "string", "pattern": "^[a-z]{2}$"},
        ),
        size=only(dead={"type": "number"}, injured={"type": "number"}, arrested={"type": "number"}),
        coder=WORDS, comment=WORDS,
    ),
    "if": {"properties": {"event": {"contains": {"enum": ["COOPERATE", "AID", "SANCTION"]}}}},
    "then": {"properties": {"recipient": {"minItems": 1}}, "required": ["recipient"]},
}  # fmt: skip

DATE = only(
    ("year",), year={"type": "integer"}, month={"type": "integer", "minimum": 1, "maximum": 12},
    day={"type": "integer", "minimum": 1, "maximum": 31},
)  # fmt: skip
TIMELINEJS: Schema = only(
    ("events",),
    events=some(only(
        ("start_date", "text"), start_date=DATE, end_date=DATE, text=only(("headline",), headline=WORDS, text=TEXT),
        group=WORDS, unique_id=WORDS, display_date=WORDS,
    ), 1),
)  # fmt: skip

# a draft: neither `url` nor `reviewRating`, which are the reviewer's to give
CLAIMREVIEW: Schema = only(
    ("@context", "@type", "creativeWorkStatus", "claimReviewed", "author", "reviewBody"),
    **{
        "@context": {"const": "https://schema.org"}, "@type": {"const": "ClaimReview"}, "identifier": WORDS,
        "creativeWorkStatus": {"const": "Draft"}, "claimReviewed": WORDS, "reviewBody": WORDS, "reviewAspect": WORDS,
        "dateCreated": DAY, "author": only(("@type", "name"), **{"@type": {"const": "Person"}, "name": WORDS}),
        "itemReviewed": only(("@type", "appearance"), **{
            "@type": {"const": "Claim"}, "datePublished": DAY,
            "author": only(("@type", "name"), **{"@type": {"enum": ["Person", "Organization"]}, "name": WORDS}),
            "appearance": only(("@type",), **{
                "@type": {"const": "NewsArticle"}, "headline": WORDS, "url": {"type": "string", "pattern": "^https?://"},
                "datePublished": DAY,
                "publisher": only(("@type", "name"), **{"@type": {"const": "Organization"}, "name": WORDS}),
            }),
        }),
    },
)  # fmt: skip

# GDELT 2.0, column and what may stand in it; a star: may be empty
_INTEGER, _DECIMAL, _CODE, _STAMP = r"-?\d+", r"-?\d+(\.\d+)?", r"[A-Z0-9]*", r"(\d{14})?"
_ACTOR = (r"[A-Z]{0,9}", r".*", r"([A-Z]{3})?", "", "", "", "", r"([A-Z]{3})?", "", "")
_PLACE = (r"[0-5]?", r".*", r"([A-Z]{2})?", "", "", rf"({_DECIMAL})?", rf"({_DECIMAL})?", r"\d*")
GDELT_EVENT: tuple[str, ...] = (
    r"\d{1,18}", r"\d{8}", r"\d{6}", r"\d{4}", r"\d{4}\.\d{4}", *_ACTOR, *_ACTOR, r"[01]", r"\d{3,4}|", r"\d{3}|",
    r"\d{2}|", r"[1-4]", rf"({_DECIMAL})?", r"[1-9]\d*", r"[1-9]\d*", r"[1-9]\d*", "", *_PLACE, *_PLACE, *_PLACE,
    _STAMP, r".+",
)  # fmt: skip
GDELT_MENTION: tuple[str, ...] = (
    r"\d{1,18}", r"\d{14}", _STAMP, r"[1-6]", r".+", r".+", r"[1-9]\d*", _INTEGER, _INTEGER, _INTEGER, r"[01]",
    r"[1-9]0|100", r"\d+", "", "", r".*",
)  # fmt: skip

CSL: Schema = some(
    only(
        ("id", "type"),
        id=WORDS, type={"const": "article-newspaper"}, title=WORDS, author=some(only(("literal",), literal=WORDS), 1),
        issued=only(("date-parts",), **{"date-parts": {
            **some({**some({"type": "integer"}, 1), "maxItems": 3}, 1), "maxItems": 2,
        }}),
        URL={"type": "string", "pattern": "^https?://"}, language={"type": "string", "pattern": "^[a-z]{2}$"},
        source=WORDS, archive_location=WORDS, **{"container-title": WORDS},
    )
)  # fmt: skip
