"""Are two names, two records one human being? Pure: no database, no request, no clock.

`keys` finds candidates, `likeness` compares two names, `weighing` puts all evidence into lines and a score.
Which rules and limits, and how well they do: docs/adr/ (who is who) and `make bench`.
"""
