"""The description of the service, as a query: SPARQL 1.1 Service Description, and VoID."""

from __future__ import annotations

from typing import Final

from kg.serve.protocol import Question

FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
)


def description(address: str) -> Question:
    """Asks for what an endpoint at the address is and has; its graphs are listed, none is counted.

    Counts of a large graph cost seconds, and a description should cost none.
    """
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{each}>" for each in FORMATS)
    return Question(f"""
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#>
CONSTRUCT {{
  <{address}> a sd:Service ; sd:endpoint <{address}> ;
    sd:supportedLanguage sd:SPARQL11Query ; sd:resultFormat {formats} ;
    sd:defaultDataset <{address}#dataset> .
  <{address}#dataset> a sd:Dataset, void:Dataset ; void:sparqlEndpoint <{address}> ;
    sd:defaultGraph <{address}#default> ; sd:namedGraph ?entry .
  <{address}#default> a sd:Graph .
  ?entry a sd:NamedGraph ; sd:name ?name .
}}
WHERE {{
  OPTIONAL {{ GRAPH ?name {{}} BIND(IRI(CONCAT("{address}#", SHA1(STR(?name)))) AS ?entry) }}
}}""")
