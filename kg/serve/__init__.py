"""What is served on 127.0.0.1: pages to read, and a SPARQL endpoint to ask."""
