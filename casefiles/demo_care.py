"""Aftercare in the demonstration, made through the actions on example cases. Harmless to repeat."""

from casefiles.demo_arrivals import show_arrivals
from casefiles.demo_scores import show_scores

# One function for each part of the road: it takes the moment and looks whether it has been here.
STEPS: list = [show_arrivals, show_scores]


def show(now):
    """Make each part that is not there yet."""
    for step in STEPS:
        step(now)
