"""Keeping the office's records safe: a backup, the way back, and the proof that both are the same."""
