"""Local keys: the short names (s1, p1, o2) by which records of one case point to each other.

An app registers the keys of its people or places, in ``ready()`` of its apps.py, so that apps below can
offer them::

    register_keys("accused", Can.VIEW_ACCUSED, lambda case: [(row.key, row.name) for row in ...])
"""

import re

from cases.models import Case

_sources = {}


def next_key(model, case, letter):
    """The next free key of the case, s1 s2 s3, given out under the lock of the case row."""
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    taken = model.objects.filter(case_id=case.pk).values_list("key", flat=True)
    numbers = (re.fullmatch(rf"{re.escape(letter)}(\d{{1,9}})", key) for key in taken)
    return f"{letter}{max((int(found[1]) for found in numbers if found), default=0) + 1}"


def register_keys(kind, need, listing):
    """`listing(case)` gives (key, words) of this kind, shown to people who hold the verb `need`."""
    _sources[kind] = (need, listing)


def keys_of(case, person, *kinds):
    """(key, words) of the records of the case that this person may know of, of these kinds or of all."""
    found = []
    for kind, (need, listing) in _sources.items():
        if (not kinds or kind in kinds) and person.can(need):
            found += [(key, f"{key} · {words}" if words else key) for key, words in listing(case)]
    return found
