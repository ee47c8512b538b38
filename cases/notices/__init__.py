"""Messages that tell of an event, written in its transaction and sent by the worker."""
