"""Aftercare in the demonstration, made through the actions on example cases. Harmless to repeat."""

# One function for each part of the road: it takes the moment and looks whether it has been here.
STEPS: list = []


def show(now):
    """Make each part that is not there yet."""
    for step in STEPS:
        step(now)
