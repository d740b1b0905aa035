"""Say a question in Whoosh's own query objects; the one place where both are known."""

from whoosh import query as whoosh

from search_index.analysis import pair_keys
from search_index.query import (
    Accented,
    And,
    Cites,
    Issued,
    Leaf,
    Node,
    Not,
    Or,
    OrElse,
    Phrase,
    Prefix,
    Symbol,
    Word,
)


def tree(node: Node) -> whoosh.Query:
    """Return the query that matches the units which have by themselves what a node asks for."""
    match node:
        case And(parts):
            asked = [tree(part) for part in parts if not isinstance(part, Not)]
            refused = [tree(part.part) for part in parts if isinstance(part, Not)]
            every = whoosh.And(asked) if asked else whoosh.Every()
            return whoosh.AndNot(every, whoosh.Or(refused)) if refused else every
        case Or(parts):
            return whoosh.Or([tree(part) for part in parts]) if parts else whoosh.NullQuery
        case Not(part):
            return whoosh.Not(tree(part))
        case OrElse(typed):
            return tree(typed)
        case _:
            return _leaf(node)


def _leaf(leaf: Leaf) -> whoosh.Query:
    match leaf:
        case Word(fold=key):
            return whoosh.Term("words", key)
        case Accented(key):
            return whoosh.Term("exact", key)
        case Cites(key):
            return whoosh.Term("cites", key)
        case Symbol(key) | Prefix(key):
            return whoosh.Prefix("symbol" if isinstance(leaf, Symbol) else "words", key)
        case Issued(first, last):
            return whoosh.NumericRange("issued_on", first, last)
        case Phrase(words):
            pairs = pair_keys([word.fold for word in words])
            one = len(pairs) == 1
            return whoosh.Term("pairs", pairs[0]) if one else whoosh.Phrase("pairs", pairs)
