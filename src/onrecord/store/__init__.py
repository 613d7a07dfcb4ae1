"""The record on disk: a writer, a read-only view, and the log of judgements. The only room with SQL."""

from onrecord.store.file import store_version
from onrecord.store.judgements import make_judgement
from onrecord.store.rows import TABLES, Row
from onrecord.store.view import Hit, View, open_view
from onrecord.store.writer import Writer, open_writer

__all__ = ["TABLES", "Hit", "Row", "View", "Writer", "make_judgement", "open_view", "open_writer", "store_version"]
