"""A graph to any SPARQL 1.1 server: the only part that speaks to one."""

from kg.push.client import Login, Patience, address
from kg.push.plan import Part, Plan
from kg.push.pushing import Pushed, Settings, Target, Watch, planned, push

__all__ = [
    "Login",
    "Part",
    "Patience",
    "Plan",
    "Pushed",
    "Settings",
    "Target",
    "Watch",
    "address",
    "planned",
    "push",
]
