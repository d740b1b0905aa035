from meetings.members.life.fields import FIELDS, LISTED, PROFILE, SEALED, WORDS, Secrecy, Shape
from meetings.members.life.kinds import KINDS
from meetings.members.life.replay import Wrong
from meetings.members.records.forms import KIND_NAMES, LABELS, STANDINGS, WORD_NAMES, WRONGS
from meetings.members.register.forms import COLUMNS
from meetings.models import EventKind, Standing


def test_every_fact_kind_standing_and_refusal_has_its_words():
    assert LABELS.keys() == FIELDS.keys()
    assert KIND_NAMES.keys() == KINDS.keys() == set(EventKind)
    assert STANDINGS.keys() == set(Standing)
    assert WRONGS.keys() == set(Wrong)
    values = {value for words in WORDS.values() for value in words}
    assert {value for value in values if not value.isdigit()} <= WORD_NAMES.keys()
    assert {n for n, field in FIELDS.items() if field.shape is Shape.WORD} == WORDS.keys()


def test_every_fact_belongs_to_an_event_and_no_event_knows_another():
    asked = {name for kind in KINDS.values() for name in kind.fields}
    assert asked == FIELDS.keys()
    for kind in KINDS.values():
        assert set(kind.needed) <= set(kind.fields)


def test_the_list_of_a_cell_has_fourteen_columns_and_nothing_sensitive():
    assert len(COLUMNS) == 14
    own = {"number", "admitted_on", "official_on", "post"}
    assert {name for name, _ in COLUMNS} - own == set(LISTED)
    assert not set(LISTED) & SEALED


def test_what_the_law_calls_sensitive_is_sealed():
    """Domain reference 2.3 and 4.3."""
    assert {"ethnicity", "religion", "history", "foreign_links", "family", "health"} <= SEALED
    assert {"penalty", "reason", "citizen_id"} <= SEALED
    assert all(FIELDS[name].secrecy is Secrecy.SENSITIVE for name in SEALED)
    assert "full_name" in PROFILE
