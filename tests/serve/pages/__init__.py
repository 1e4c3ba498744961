"""The pages: what they say, what they refuse, and how a browser shows them."""
