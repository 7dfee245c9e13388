"""How findings are shown: one module per output format, listed in `formats`, each with a generator
`report_lines` from findings, what is known of the run, and a style to lines without line breaks.

A report gives every finding as soon as it can, and reads what is known of the run, such as inputs
that could not be read, only after the last one. What could not be read stands in every report.
"""
