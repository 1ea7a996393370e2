"""Local keys: the short names (s1, p1, o2) by which records of one case point to each other.

An app registers the keys of its people or places, in ``ready()`` of its apps.py, so that apps below can
offer them::

    register_keys("accused", Can.VIEW_ACCUSED, lambda case: [(row.key, row.name) for row in ...])
"""

import re

_sources = {}
_codes = {}


def next_key(model, case, letter):
    """The next free key of the case, s1 s2 s3, given out under the lock of the case row."""
    type(case).objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
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
        if (not kinds or kind in kinds) and person.can_on(need, case.office_id):
            found += [(key, f"{key} · {words}" if words else key) for key, words in listing(case)]
    return found


def register_codes(label, codes):
    """`codes(ids)` gives {id as text: code} of the records of this model label: S-1, never a name."""
    _codes[label] = codes


def codes_of(label, ids):
    """The codes under which records of this kind are spoken of; {} when nobody registered the kind."""
    return _codes[label](ids) if label in _codes else {}
