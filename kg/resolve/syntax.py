"""What the parse tells about mentions: appositions, descriptions, definiteness, grammatical roles."""

from __future__ import annotations

from typing import Final

from kg.lexicon import table, words
from kg.model import AnnotatedDocument, Mention

_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
# Sentences between a phrase and its repetition, and between a phrase and a shorter one for it. Beyond, on 89
# documents with marked coreference, fewer than two in three such pairs were one thing.
_SAME_WORDS_REACH: Final = 15
_SHORTER_REACH: Final = 5
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_NAMING: Final = frozenset({"call", "name", "dub", "nickname", "title", "christen", "entitle"})
_PLURAL: Final = frozenset({"NNS", "NNPS"})
_MODIFIERS: Final = frozenset({"amod", "compound", "nummod", "nmod"})
_VAGUE: Final = frozenset(
    {
        "other",
        "same",
        "such",
        "new",
        "former",
        "first",
        "second",
        "last",
        "next",
        "previous",
        "latter",
    }
)


def _leads(word: str) -> bool:
    """Whether a word only leads a name: a title or an article ("the consul, Dr. X", "the police, the X")."""
    bare = word.lower().rstrip(".")
    return bare in {"the", "a", "an"} or bare in words("titles") or word.lower() in words("titles")


class Syntax:
    """Reads the parse of one document for the resolver."""

    def __init__(self, annotated: AnnotatedDocument) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                self.children[token.head].append(token.index)
        self.at: dict[int, Mention] = {}
        for mention in annotated.mentions:
            if mention.head not in self.at or mention.kind == "name":
                self.at[mention.head] = mention

    def kids(self, i: int, *labels: str) -> list[int]:
        """Children with one of the labels."""
        return [k for k in self.children[i] if self.tokens[k].dependency in labels]

    def lemma(self, i: int) -> str:
        """The lemma in lower case."""
        return self.tokens[i].lemma.lower()

    def sentence(self, i: int) -> int:
        """The index of the token's sentence."""
        return self.tokens[i].sentence

    def is_definite(self, mention: Mention) -> bool:
        """Whether the phrase starts with "the", "this" or the like, or with an owner ("the board's chair")."""
        if any(self.tokens[k].text.lower() in _DEFINITE for k in self.kids(mention.head, "det")):
            return True
        owners = self.kids(mention.head, "poss")
        return any(self.kids(k, "det") or self.tokens[k].tag == "NNP" for k in owners)

    def has_article(self, mention: Mention) -> bool:
        """Whether the phrase has an article or a possessor: it means one thing, not a kind of thing."""
        return bool(self.kids(mention.head, "det", "poss"))

    def after_of(self, mention: Mention) -> Mention | None:
        """The name in "the village of NAME"."""
        for preposition in self.kids(mention.head, "prep"):
            if self.tokens[preposition].text == "of" and preposition == mention.head + 1:
                for noun in self.kids(preposition, "pobj"):
                    name = self.at.get(noun)
                    return name if name and name.kind == "name" else None
        return None

    def is_body(self, mention: Mention) -> bool:
        """Whether a name is told to be a body's: "Falk, the Danish bank"."""
        near = self.kids(mention.head, "appos")
        if self.tokens[mention.head].dependency == "appos":
            near.append(self.tokens[mention.head].head)
        return any(table("generic_nouns").get(self.lemma(k)) == "Organization" for k in near)

    def is_nicknamed(self, mention: Mention) -> bool:
        """Whether an adjective leads a name: "Little Nell" is not who "Nell" was before."""
        first = next(
            self.tokens[i]
            for i in range(max(mention.head - 6, 0), mention.head + 1)
            if self.tokens[i].span.start >= mention.span.start
        )
        return first.tag == "JJ" and first.index != mention.head

    def modified(self, i: int) -> Mention | None:
        """What the relative clause around a token is about."""
        while self.tokens[i].head != i:
            if self.tokens[i].dependency == "relcl":
                return self.at.get(self.tokens[i].head)
            i = self.tokens[i].head
        return None

    def acts(self, mention: Mention) -> bool:
        """Whether the mention is the subject of a verb, as people and bodies are more than places."""
        return self.tokens[mention.head].dependency in {"nsubj", "nsubjpass", "poss"}

    def leads(self, mention: Mention) -> bool:
        """Whether the mention is the subject of a main clause, or of what is said before "the police said"."""
        token = self.tokens[mention.head]
        verb = self.tokens[token.head]
        said = verb.dependency == "ccomp" and verb.index < verb.head
        main = verb.dependency == "ROOT" or (said and self.tokens[verb.head].dependency == "ROOT")
        return token.dependency in SUBJECTS and main

    def has_age(self, mention: Mention) -> bool:
        """Whether an age stands behind a name: "Ann Lee, 54,"."""
        return any(
            self.tokens[k].tag == "CD"
            and self.tokens[k].text.isdigit()
            and len(self.tokens[k].text) < 4
            for k in self.kids(mention.head, "appos", "nummod")
            if k > mention.head
        )

    def is_inside(self, mention: Mention) -> bool:
        """Whether the mention follows "in", "near" or the like, as a place does."""
        above = self.tokens[self.tokens[mention.head].head]
        return above.dependency == "prep" and above.text.lower() in {"in", "near", "at", "outside"}

    def subjects_above(self, i: int) -> set[int]:
        """Subjects of the clauses above a token."""
        found: set[int] = set()
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            found.update(self.kids(i, *SUBJECTS))
        return found

    def doers(self, verb: int) -> list[int]:
        """Who does what a verb says: its subjects, else those of the verb that governs it, or whom that verb makes do it."""
        while True:
            own = self.kids(verb, *SUBJECTS)
            token = self.tokens[verb]
            if token.dependency == "relcl" and own and self.tokens[own[0]].tag in {"WP", "WDT"}:
                return [token.head]
            if own or token.head == verb:
                return own
            if token.dependency == "acl" and token.tag in {"VBG", "VBN"}:
                return [token.head]
            if token.dependency == "relcl" and token.tag != "VB":
                return []
            controlled = self.kids(token.head, "dobj", "dative")
            if token.dependency == "xcomp" and controlled:
                return controlled
            verb = token.head

    def are_two(self, mention: Mention, pronoun: Mention) -> bool:
        """Whether syntax forbids that a pronoun means a mention: arguments of one verb, or one inside the other."""
        tokens = self.tokens
        token, other = tokens[pronoun.head], tokens[mention.head]
        if token.dependency == "poss":
            return mention.head == token.head
        if pronoun.span in mention.extent:
            return True
        governor, above = token.head, other.head
        if token.dependency == "pobj":
            governor = tokens[governor].head
        if other.dependency == "pobj":
            above = tokens[above].head
        if token.dependency in SUBJECTS:
            return False
        return governor == above or mention.head in self.doers(governor)

    def is_plural(self, mention: Mention) -> bool:
        """Whether the head is a plural noun or the phrase is coordinated."""
        return self.tokens[mention.head].tag in _PLURAL

    def modifiers(self, mention: Mention) -> set[str]:
        """The words before the head that narrow it."""
        found = set()
        for kid in self.kids(mention.head, *_MODIFIERS):
            if kid < mention.head:
                found.add(self.tokens[kid].text.lower())
        return found - _VAGUE

    def takes_up(self, mention: Mention, other: Mention, modifiers: set[str]) -> bool:
        """Whether a definite phrase means what an earlier one meant: same noun and number, nothing new.

        The same words may stand further apart than a shorter phrase for a longer one.
        """
        first, second = self.tokens[other.head], self.tokens[mention.head]
        if self.lemma(mention.head) != self.lemma(other.head) or first.tag != second.tag:
            return False
        apart = second.sentence - first.sentence
        if mention.text.lower() == other.text.lower():
            return apart <= _SAME_WORDS_REACH
        named = self.annotated.document.text[other.span.end : other.span.end + 2] == " ("
        if any(self.tokens[k].tag == "NNP" for k in self.kids(other.head, "compound")):
            return modifiers <= self.modifiers(other) and mention.extent == mention.span
        bare = not named and not self.kids(other.head, "det", "poss", "nummod")
        if mention.extent != mention.span or apart > _SHORTER_REACH or bare:
            return False
        return modifiers <= self.modifiers(other)

    def appositions(self) -> list[tuple[Mention, Mention]]:
        """Pairs that stand beside each other as one thing."""
        pairs = []
        for token in self.tokens:
            if token.dependency == "appos":
                left, right = self.at.get(token.head), self.at.get(token.index)
                if left and right:
                    pairs.append((left, right))
            elif (
                token.dependency == "acl"
                and token.tag == "VBN"
                and self.lemma(token.index) in _NAMING
            ):
                left = self.at.get(token.head)
                for kid in self.kids(token.index, "oprd", "attr", "dobj"):
                    right = self.at.get(kid)
                    if left and right and right.kind == "name":
                        pairs.append((left, right))
        return pairs

    def is_beside(self, left: Mention, right: Mention) -> bool:
        """Whether only a comma or bracket parts two mentions, neither is a list, and both are one thing."""
        first, second = sorted((left, right), key=lambda m: m.span)
        reach = max([first.extent.end, *self._complement_ends(first, second)])
        words_between = self.annotated.document.text[reach : self._start(second)].split()
        while words_between and _leads(words_between[-1]):
            words_between.pop()
        between = " ".join(words_between)
        if between not in {"", ",", "(", "“", '"', ", “"} and not self.is_naming(right):
            return False
        if not between and second.kind == "name" and self.is_definite(first):
            return True
        listed = self.kids(left.head, "conj") + self.kids(right.head, "conj")
        firm = "name" in {left.kind, right.kind} and left.type == right.type == "Organization"
        return not listed and (firm or self.is_plural(left) == self.is_plural(right))

    def _start(self, mention: Mention) -> int:
        """Where a name starts with the noun before it: "the painter Ann Lee"."""
        nouns = [k for k in self.kids(mention.head, "nmod") if self.tokens[k].tag == "NN"]
        starts = [self.tokens[self.tokens[k].left].span.start for k in nouns]
        return min([mention.span.start, *starts])

    def _complement_ends(self, first: Mention, second: Mention) -> list[int]:
        """Where the prepositional complements and brackets of a noun end, before its apposition."""
        if self.tokens[second.head].head != first.head:
            return []
        ends = [
            self.tokens[self.tokens[k].right - 1].span.end
            for k in self.kids(first.head, "prep", "relcl", "acl")
        ]
        return [end for end in ends if end <= second.span.start]

    def is_naming(self, mention: Mention) -> bool:
        """Whether the mention is the name in "a program called X"."""
        above = self.tokens[self.tokens[mention.head].head]
        return (
            above.dependency == "acl" and above.tag == "VBN" and self.lemma(above.index) in _NAMING
        )
