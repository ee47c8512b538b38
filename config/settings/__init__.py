"""Settings: ``base`` is common, ``production`` runs the office, ``test`` runs the tests."""
