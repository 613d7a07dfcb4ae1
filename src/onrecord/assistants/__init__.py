"""The record for language-model assistants: read-only tools over the Model Context Protocol, every answer with its
quote, its place and how many independent sources stand behind it. docs/assistants.md says how to use it.
"""

from onrecord.assistants.server import guarded, make_server

__all__ = ["guarded", "make_server"]
