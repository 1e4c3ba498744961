"""How long it takes, and how that grows."""
