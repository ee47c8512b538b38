"""Telling other systems: whom, signed how, to which address, and what becomes of it."""
