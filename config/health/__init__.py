"""Whether the office runs: measured, judged, and told to machines and to people."""
