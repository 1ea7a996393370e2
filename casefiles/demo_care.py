"""Aftercare in the demonstration, made through the actions on example cases. Harmless to repeat."""

from django.utils.module_loading import import_string

from casefiles.demo_arrivals import show_arrivals
from casefiles.demo_contacts import show_contacts
from casefiles.demo_homes import show_homes
from casefiles.demo_owed import show_owed
from casefiles.demo_plans import show_plans
from casefiles.demo_scores import show_scores
from casefiles.demo_wallet import show_wallet

# One function for each part of the road: it takes the moment and looks whether it has been here.
STEPS: list = [show_arrivals, show_homes, show_scores, show_plans, show_wallet, show_owed, show_contacts]

# What survivors ask about their records stands in an app above this one.
ABOVE = "rights.demo.show_rights"


def show(now):
    """Make each part that is not there yet."""
    for step in (*STEPS, import_string(ABOVE)):
        step(now)
