"""Who may do what: permissions with a sentence each, rules as data, lists made from the same rules.

A predicate is an SQL expression over the row in question and five facts: who asks (USER, PERSON,
CLEARANCE) and when (NOW, TODAY). One definition serves both questions - "may this person do
this to this row?" and "which rows?" - so they cannot disagree (docs/adr/0001).
"""

from meetings.policy.answers import Asker, allowed, allows, facts, glimpse, permitted
from meetings.policy.lists import (
    callable_bodies,
    complete_registers,
    equippable_users,
    preparable_documents,
    readable_bin,
    readable_bodies,
    readable_copies,
    readable_devices,
    readable_documents,
    readable_feedback,
    readable_jobs,
    readable_meetings,
    readable_notes,
    readable_papers,
    readable_people,
    readable_received,
    readable_searches,
    readable_sent,
    readable_sign_ins,
    readable_tray,
    readable_users,
    readable_widenings,
    takeable_documents,
    usable_templates,
    visible_items,
)
from meetings.policy.permissions import Permission
from meetings.policy.predicates import PRIVILEGED, anyone, has_no_privilege
from meetings.policy.rules import RULES, Audited, Rule

__all__ = [
    "PRIVILEGED",
    "RULES",
    "Asker",
    "Audited",
    "Permission",
    "Rule",
    "allowed",
    "allows",
    "anyone",
    "callable_bodies",
    "complete_registers",
    "equippable_users",
    "facts",
    "glimpse",
    "has_no_privilege",
    "permitted",
    "preparable_documents",
    "readable_bin",
    "readable_bodies",
    "readable_copies",
    "readable_devices",
    "readable_documents",
    "readable_feedback",
    "readable_jobs",
    "readable_meetings",
    "readable_notes",
    "readable_papers",
    "readable_people",
    "readable_received",
    "readable_searches",
    "readable_sent",
    "readable_sign_ins",
    "readable_tray",
    "readable_users",
    "readable_widenings",
    "takeable_documents",
    "usable_templates",
    "visible_items",
]
