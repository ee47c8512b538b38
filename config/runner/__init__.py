"""What ``manage.py`` does with its words: start the office, test it, or hand over to Django."""
