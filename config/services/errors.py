"""What can keep the services from starting, said so that the person at the terminal can mend it."""


class ServiceError(Exception):
    """A start that failed for a reason which the message names."""
