"""What the format does not know is taken out of a document, and where it stood is told.

Records of a case know more than the format: a code that was added later, a word where the file wants a key.
The checks that refuse a file of others judge what we write, too.
"""

from pathlib import Path

from casefiles.contract import check_contract
from casefiles.offices import known_keys
from casefiles.reading import CaseFile
from casefiles.references import check_references
from casefiles.when import check_values

ROUNDS = 40


def prune(document):
    """Take out, in place, whatever a reader would refuse; the places, each once."""
    dropped, offices = [], known_keys()
    for _round in range(ROUNDS):
        file = CaseFile(Path("written"), document)
        check_contract(file)
        if not file.faults:
            check_values(file)
            check_references(file, offices)
        if not file.faults:
            return dropped
        places = {tuple(fault.path.split(".")) for fault in file.faults}
        # Positions count from 1 and shift when one goes, so the last of a list goes first.
        for place in sorted(places, key=backwards, reverse=True):
            dropped.append(".".join(take_out(document, place)))
    raise ValueError("the document cannot be made to fit the format")


def backwards(place):
    return [(int(step), "") if step.isdecimal() else (0, step) for step in place]


def take_out(document, place):
    """Remove the innermost thing of the place that there is, and what is left empty by that; where it was."""
    trail, here = [], document
    for step in place:
        below = held(here, step)
        if below is None:
            break
        trail.append((here, step))
        here = below
    if not trail:
        raise ValueError("the document lacks what every case file has")
    gone = [step for _holder, step in trail]
    for holder, step in reversed(trail):
        remove(holder, step)
        if holder:
            break
    return gone


def held(here, step):
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, list) and step.isdecimal() and 0 < int(step) <= len(here):
        return here[int(step) - 1]
    return None


def remove(holder, step):
    if isinstance(holder, dict):
        del holder[step]
    else:
        del holder[int(step) - 1]
