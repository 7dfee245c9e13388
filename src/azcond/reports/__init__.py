"""How findings are shown: one module per output format, each a function from findings to lines."""
