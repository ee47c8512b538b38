"""How the whole runs. This file imports nothing: ``manage.py`` reads the package before Django exists."""
