"""Recall among the first ten, and precision at the limit, of the matcher on a labelled set."""

from collections import Counter, defaultdict

from prosecutions.matching.keys import keys_of_all, search_keys
from prosecutions.matching.weighing import PROPOSE, Traits, weigh
from tests.prosecutions.matching.pairs import labelled, people
from tests.prosecutions.matching.people import CULTURES


def index_of(names):
    """{key: {name}}: what PostgreSQL does with its index, in memory."""
    index = defaultdict(set)
    for name in names:
        for key in keys_of_all([name]):
            index[key].add(name)
    return index


def best_ten(text, index):
    """The ten best people for a name, as the product ranks them."""
    first, alone = search_keys([text])
    counted = Counter(name for key in first for name in index.get(key, ()))
    if len(counted) < 30:
        counted.update(name for key in alone for name in index.get(key, ()))
    pool = [name for name, _count in counted.most_common(300)]
    asked = Traits(names=(text,))
    ranked = sorted(pool, key=lambda name: (-weigh(asked, Traits(names=(name,))).score, name))
    return ranked[:10]


def everybody(which):
    return [f"{given[1]} {family[1]}" for culture in CULTURES for given, family in people(culture, which)]


def measured(which="held_out", same=420, different=320, limit=PROPOSE):
    """{recall_at_10, precision, recall_at_limit, by_culture, by_kind} of one half."""
    pairs = labelled(which, same, different)
    index = index_of(everybody(which))
    hits, kinds, cultures, told = Counter(), Counter(), Counter(), Counter()
    for pair in pairs:
        score = weigh(Traits(names=(pair.one,)), Traits(names=(pair.two,))).score
        told[pair.same, score >= limit] += 1
        if not pair.same:
            told["false", pair.kind] += score >= limit
            continue
        # Nobody can be told from one word or a letter among hundreds who share it.
        found = pair.one in best_ten(pair.two, index)
        kinds[pair.kind] += 1
        cultures[pair.culture] += 1
        hits["kind", pair.kind] += found
        hits["culture", pair.culture] += found
        hits["all"] += found
    positive = sum(kinds.values())
    right, wrong = told[True, True], told[False, True]
    return {
        "pairs": len(pairs),
        "positive": positive,
        "recall_at_10": hits["all"] / positive,
        "precision": right / (right + wrong),
        "recall_at_limit": right / positive,
        "by_culture": {name: hits["culture", name] / number for name, number in cultures.items()},
        "by_kind": {name: hits["kind", name] / number for name, number in kinds.items()},
        "wrong": {key[1]: number for key, number in told.items() if key[0] == "false"},
    }
