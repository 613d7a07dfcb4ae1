"""Pages over a record, rendered on this machine."""
