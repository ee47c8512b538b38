"""PostgreSQL and Valkey that live and die with the command that needs them."""
