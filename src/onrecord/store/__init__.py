"""The record on disk: a writer, a read-only view, and what people decided and noted. The only room with SQL."""

from onrecord.store.browse import FACETS, LISTS, Facet, FacetCount, Selection, Wanted
from onrecord.store.days import check_days, fits_days
from onrecord.store.fields import FIELDS, Field
from onrecord.store.file import DatabaseError, fault, store_version, trouble
from onrecord.store.judgements import check_time, make_judgement
from onrecord.store.memory import open_in_memory
from onrecord.store.notes import Finding, SavedSearch, make_note, make_search
from onrecord.store.query import Query, parse_query
from onrecord.store.rows import TABLES, Row
from onrecord.store.search import Hit
from onrecord.store.view import SOURCES, View, open_view
from onrecord.store.writer import Writer, open_writer

__all__ = [
    "FACETS",
    "FIELDS",
    "LISTS",
    "SOURCES",
    "TABLES",
    "DatabaseError",
    "Facet",
    "FacetCount",
    "Field",
    "Finding",
    "Hit",
    "Query",
    "Row",
    "SavedSearch",
    "Selection",
    "View",
    "Wanted",
    "Writer",
    "check_days",
    "check_time",
    "fault",
    "fits_days",
    "make_judgement",
    "make_note",
    "make_search",
    "open_in_memory",
    "open_view",
    "open_writer",
    "parse_query",
    "store_version",
    "trouble",
]  # fmt: skip
