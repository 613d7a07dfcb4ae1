"""When a report came out, inferred from its own text where nothing else says it."""

from onrecord.extract.dating.infer import infer_published

__all__ = ["infer_published"]
