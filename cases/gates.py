"""Gates on the moves of a track: what must be true before it may go somewhere (DOMAIN d.3).

An app above registers what only it can judge, in ``ready()`` of its apps.py::

    register_gate(Track.LEGAL, LegalStatus.CLOSED, charges_without_an_outcome)

The function takes the case, as it stands before the move, and the person who moves the track. It returns the
sentence that stops the move, for the screen, or None. It runs inside the action, with the case locked.

Who stands at which gate: survivors at relief (an approved operation, or another road out), at pre-trial and
trial (consent to legal support, a risk note); prosecutions at the closing of the legal track (every charge
has an outcome); aftercare at the closing of its own (assessment, reviewed plan, a supervisor's approval).
Gates bind people: history that the loader brings over has happened already.
"""

_gates = {}


def register_gate(track, to_status, judge):
    """Ask `judge(case, by)` before the track goes there. Registering it again changes nothing."""
    judges = _gates.setdefault((str(track), str(to_status)), [])
    if judge not in judges:
        judges.append(judge)


def shut_gates(case, track, to_status, by):
    """The sentences of all gates that are shut for this person; empty when the track may go."""
    if by.principal == "loader":
        return []
    judges = _gates.get((str(track), str(to_status)), ())
    return [sentence for sentence in (judge(case, by) for judge in judges) if sentence]
