"""How good is it? Figures on gold data beside the repository, peers beside ours, and floors that hold."""
