"""Gates on the moves of a track: what must be true before it may go somewhere (DOMAIN d.3).

An app above registers what only it can judge, in ``ready()`` of its apps.py::

    register_gate(Track.LEGAL, LegalStatus.CLOSED, charges_without_an_outcome)

The function takes the case and returns the sentence that stops the move, for the screen, or None. It runs
inside the action, as the person who moves the track, with the case locked. Expected of others: prosecutions
stops the closing of the legal track while a charge has no outcome; aftercare stops the closing of the
aftercare track without an assessment.
"""

_gates = {}


def register_gate(track, to_status, judge):
    """Ask `judge(case)` before the track goes there. Registering it again changes nothing."""
    judges = _gates.setdefault((str(track), str(to_status)), [])
    if judge not in judges:
        judges.append(judge)


def shut_gates(case, track, to_status):
    """The sentences of all gates that are shut; empty when the track may go."""
    judges = _gates.get((str(track), str(to_status)), ())
    return [sentence for sentence in (judge(case) for judge in judges) if sentence]
