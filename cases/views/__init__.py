"""Pages of cases: read the form, call one action or one query, render."""
