"""Where a case stands, for machines: public, reading only, opened by four digits."""
