"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes, so that a morning's rush of sign-ins fits into a small server."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
