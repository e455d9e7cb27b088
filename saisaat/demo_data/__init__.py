"""Plausible rows in bulk, straight into an empty database: to look at, and to measure pages with.

Nothing is played through the actions as a rehearsal does (`saisaat.rehearsal`); the database's own constraints and
triggers hold all the same, sealed fields are sealed and the audit chain is whole. People are named by their posts.
"""
