"""Pages over a record, rendered on this machine: an analyst's view of every fact beside the sentence it comes from."""

from onrecord.web.app import Options, make_app
from onrecord.web.guard import LOOPBACK, Access

__all__ = ["LOOPBACK", "Access", "Options", "make_app"]
