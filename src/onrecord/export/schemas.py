"""The columns of each table and their Arrow types: what Parquet stores, and the order of CSV columns.

Written out, not inferred: an empty record has the same columns as a full one.
"""

from __future__ import annotations

import pyarrow as pa

_text = pa.string()
_span = pa.struct(
    {"start": pa.int64(), "end": pa.int64(), "raw_start": pa.int64(), "raw_end": pa.int64(), "text": _text}
)
_cited = pa.struct({"document": _text, **{field.name: field.type for field in _span}})
_actor = pa.struct({"id": _text, "name": _text, "kind": _text, "country": _text})
_party = pa.struct(
    {"span": _span, "actor": pa.struct({**{field.name: field.type for field in _actor}, "sector": _text})}
)
_date = pa.struct({"value": _text, "precision": _text, "text": _text, "basis": _text, "by": _text})
_basis = pa.struct({name: _text for name in ("title", "outlet", "author", "url", "language")})

SCHEMAS: dict[str, pa.Schema] = {
    "documents": pa.schema(
        {
            "id": _text,
            "path": _text,
            "title": _text,
            "outlet": _text,
            "author": _text,
            "url": _text,
            "language": _text,
            "published": pa.struct(
                {
                    "value": _text,
                    "precision": _text,
                    "basis": _text,
                    "text": _text,
                    "cues": pa.list_(pa.struct({"words": _text, "span": _span})),
                }
            ),
            "lineage": _text,
            "text_sha256": _text,
            "basis": _basis,
            "origins": pa.list_(pa.struct({"name": _text, "kind": _text, "span": _span})),
            "parts": pa.list_(
                pa.struct(
                    {"kind": _text, **{f: pa.int64() for f in ("start", "end", "raw_start", "raw_end")}},
                )
            ),
        }
    ),
    "statements": pa.schema(
        {
            "id": _text,
            "document": _text,
            "path": _text,
            "kind": _text,
            "content": pa.list_(_span),
            "cue": _span,
            "cue_kind": _text,
            "speaker": _span,
            "actor": _actor,
            "addressee": _actor,
            "relays": pa.list_(pa.struct({"span": _span, "actor": _actor, "cue": _span})),
            "negated": pa.bool_(),
            "certainty": _text,
            "said": _date,
            "part": _text,
            "probability": pa.float64(),
            "group": _text,
        }
    ),
    "events": pa.schema(
        {
            "id": _text,
            "document": _text,
            "path": _text,
            "event_type": _text,
            "mode": _text,
            "contexts": pa.list_(_text),
            "trigger": _span,
            "evidence": _span,
            "actors": pa.list_(_party),
            "recipients": pa.list_(_party),
            "date": _date,
            "place": pa.struct(
                {
                    "name": _text,
                    "country": _text,
                    "lat": pa.float64(),
                    "lon": pa.float64(),
                    "geonameid": pa.int64(),
                    "precision": _text,
                    "span": _span,
                }
            ),
            "magnitudes": pa.list_(_text),
            "status": _text,
            "told_by": _text,
            "group": _text,
            "quad": pa.int64(),
            "scale": pa.float64(),
            "cameo": _text,
            "goldstein": pa.float64(),
            "score": pa.float64(),
        }
    ),
    "figures": pa.schema(
        {
            "id": _text,
            "document": _text,
            "path": _text,
            "span": _span,
            "value": pa.float64(),
            "unit": _text,
            "bound": _text,
            "low": pa.float64(),
            "high": pa.float64(),
            "what": _text,
            "of": _text,
            "date": _text,
            "giver": _actor,
            "receiver": _actor,
            "group": _text,
        }
    ),
    "actors": pa.schema(
        {
            "id": _text,
            "name": _text,
            "kind": _text,
            "country": _text,
            "sector": _text,
            "aliases": pa.list_(_text),
            "roles": pa.list_(pa.struct({"title": _text, "from": _text, "to": _text, "source": _text})),
            "wikidata": _text,
            "mentions": pa.int64(),
            "basis": pa.list_(_text),
        }
    ),
    "lineages": pa.schema(
        {
            "id": _text,
            "documents": pa.list_(_text),
            "origin": pa.struct({"agency": _text, "outlet": _text, "basis": _text}),
            "copies": pa.list_(
                pa.struct(
                    {
                        "document": _text,
                        "of": _text,
                        "share": pa.float64(),
                        "kind": _text,
                        "edits": pa.list_(pa.struct({"op": _text, "from": _span, "to": _span})),
                    }
                )
            ),
        }
    ),
    "corroborations": pa.schema(
        {
            "id": _text,
            "of": _text,
            "documents": pa.int64(),
            "outlets": pa.int64(),
            "lineages": pa.int64(),
            "first_hand": pa.int64(),
            "reasons": pa.list_(
                pa.struct({"name": _text, "weight": pa.float64(), "words": _text, "evidence": pa.list_(_cited)})
            ),
        }
    ),
    "contradictions": pa.schema(
        {
            "id": _text,
            "kind": _text,
            "left": _text,
            "right": _text,
            "spans": pa.list_(_cited),
            "words": _text,
            "inference": pa.struct({"label": _text, "score": pa.float64(), "model": _text}),
        }
    ),
    "timeline": pa.schema(
        {
            "date": pa.struct({"value": _text, "precision": _text, "by": _text}),
            "event_group": _text,
            "statement": _text,
            "headline": _text,
            "documents": pa.list_(_text),
            "lineages": pa.int64(),
            "score": pa.float64(),
        }
    ),
    "skips": pa.schema(
        {"document": _text, "path": _text, "stage": _text, "reason": _text, "detail": _text, "span": _span}
    ),
}
