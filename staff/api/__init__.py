"""How other systems come in: keys, bodies, how many requests a minute."""
