"""Ten days at the counter, told through the real pages."""
