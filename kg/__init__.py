"""Documents in, a knowledge graph out that can be trusted line by line."""
