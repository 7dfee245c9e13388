"""One module per rule whose findings the parser or the checker reports; see `linter.rules`."""
