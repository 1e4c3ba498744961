"""What is served of a graph: a read-only SPARQL endpoint, and pages where there are any."""

from kg.serve.app import create_app
from kg.serve.run import serve
from kg.serve.settings import Settings

__all__ = ["Settings", "create_app", "serve"]
