"""The pages of a graph for people: overview, query, network, and a page a thing.

`routes(source)` gives the Starlette routes; `Source` says what they need of a graph.
"""

from kg.serve.pages.addresses import routes
from kg.serve.pages.explorer import drawn
from kg.serve.pages.source import Reply, Source

__all__ = ["Reply", "Source", "drawn", "routes"]
