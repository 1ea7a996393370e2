# ruff: noqa: S608, T201
"""How well and how fast names are found: a labelled set, and a million invented names in PostgreSQL.

`make bench` prints the first part in seconds. With NAMES=1000000 (`make bench-names`) a database of its own
is filled and searched through the function of the product, under row-level security, as the worker sees it.
"""

import os
import random
import statistics
import time
import uuid

import django

NAMES = int(os.environ.get("NAMES", "0"))
QUERIES = int(os.environ.get("QUERIES", "300"))


def quality():
    """Recall and precision on the half that nobody tuned on, by culture and kind of spelling."""
    from prosecutions.matching.weighing import ACROSS, PROPOSE  # noqa: PLC0415
    from tests.prosecutions.matching.measuring import measured  # noqa: PLC0415

    for half in ("open", "held_out"):
        began = time.process_time()
        found = measured(half)
        spent = time.process_time() - began
        across = measured(half, limit=ACROSS)
        print(f"names, half {half}: {found['pairs']} pairs, {found['positive']} of one person, {spent:.1f} s")
        print(f"  recall@10 {found['recall_at_10']:.3f}")
        for limit, told in ((PROPOSE, found), (ACROSS, across)):
            right, whole = told["precision"], told["recall_at_limit"]
            print(f"  score >= {limit}: precision {right:.3f}, recall {whole:.3f}")
        print("  recall@10 by way of writing: " + in_a_row(found["by_culture"]))
        print("  recall@10 by kind: " + in_a_row(found["by_kind"]))


def in_a_row(numbers):
    return ", ".join(f"{name} {number:.2f}" for name, number in sorted(numbers.items()))


def invented(luck, number):
    """So many names: given and family names of all five ways of writing, respelled, some with a third name.

    The family name comes from a list with a syllable put before half of them, so that there are some 20,000
    family names; common ones are more common, as in life.
    """
    from tests.prosecutions.matching.people import CULTURES  # noqa: PLC0415
    from tests.prosecutions.matching.spelling import respelled  # noqa: PLC0415

    before = [a + b for a in "bdgklmnprst" for b in ("a", "i", "u", "an", "ar", "el", "on")]
    for _turn in range(number):
        culture = luck.choice(list(CULTURES))
        given, family = CULTURES[culture]
        first = given[min(int(luck.paretovariate(0.7)) - 1, len(given) - 1)][1]
        last = family[min(int(luck.paretovariate(0.7)) - 1, len(family) - 1)][1]
        if luck.random() < 0.8:
            last = luck.choice(before).capitalize() + last.lower()
        if luck.random() < 0.6:
            first = luck.choice(before).capitalize() + first.lower()
        first, last = respelled(first, culture, luck, luck.choice((0, 1))), respelled(last, culture, luck, 0)
        yield culture, f"{first} {last}"


ROW = "(gen_random_uuid(), %s, gen_random_uuid(), 1, 0, 1, now(), now(), %s::varchar[], false)"


def fill(owner, names):
    """A row of keys for each name, without the cases and people they would hang from."""
    from psycopg2.extras import execute_values  # noqa: PLC0415

    from prosecutions.matching.keys import keys_of_all  # noqa: PLC0415

    people = {str(uuid.uuid4()): name for name in names}
    with owner.cursor() as run:
        run.execute("ALTER TABLE prosecutions_nameform NO FORCE ROW LEVEL SECURITY")
        run.execute("ALTER TABLE prosecutions_nameform DISABLE TRIGGER USER")
        run.execute(
            "SELECT conname FROM pg_constraint "
            "WHERE conrelid = 'prosecutions_nameform'::regclass AND contype = 'f'"
        )
        for (name,) in run.fetchall():
            run.execute(f'ALTER TABLE prosecutions_nameform DROP CONSTRAINT "{name}"')
        run.execute("DROP INDEX name_form_keys")
        began = time.perf_counter()
        rows = [(pk, keys_of_all([name])) for pk, name in people.items()]
        keyed = time.perf_counter() - began
        execute_values(
            run,
            "INSERT INTO prosecutions_nameform (id, accused_id, case_id, office_id, sensitivity, version, "
            "created_at, updated_at, keys, due) VALUES %s",
            rows,
            template=ROW,
            page_size=5000,
        )
        began = time.perf_counter()
        run.execute("CREATE INDEX name_form_keys ON prosecutions_nameform USING gin (keys)")
        indexed = time.perf_counter() - began
        run.execute("ALTER TABLE prosecutions_nameform FORCE ROW LEVEL SECURITY")
        run.execute("VACUUM ANALYZE prosecutions_nameform")
        run.execute("SELECT pg_relation_size('name_form_keys'), pg_relation_size('prosecutions_nameform')")
        index, table = (size / 2**20 for size in run.fetchone())
    print(f"{NAMES:,} names: keys reckoned in {keyed:.0f} s, index built in {indexed:.0f} s")
    print(f"  index {index:.0f} MB, table {table:.0f} MB")
    return people


def search(worker, matcher, people, text):
    """(the ten best names, ms in the database, ms in all): what the product does, as the worker."""
    from accounts import signing  # noqa: PLC0415
    from prosecutions.matching.keys import search_keys  # noqa: PLC0415
    from prosecutions.matching.weighing import Traits, weigh  # noqa: PLC0415
    from prosecutions.proposals import ENOUGH, MOST  # noqa: PLC0415

    began = time.perf_counter()
    first, alone = search_keys([text])
    found, ask = [], "SELECT accused_with_keys(%s::varchar[], %s)"
    with worker.cursor() as run:
        run.execute("BEGIN")
        run.execute("SELECT begin_principal(%s)", [signing.signed_word(matcher, worker.info.backend_pid)])
        run.execute(ask, [first, MOST])
        found += [pk for (pk,) in run.fetchall()]
        if len(found) < ENOUGH and alone:
            run.execute(ask, [alone, MOST])
            found += [pk for (pk,) in run.fetchall()]
        run.execute("COMMIT")
    asked = (time.perf_counter() - began) * 1000
    ours = Traits(names=(text,))
    scores = {name: weigh(ours, Traits(names=(name,))).score for name in {people[str(pk)] for pk in found}}
    best = sorted(scores, key=lambda name: (-scores[name], name))[:10]
    return best, asked, (time.perf_counter() - began) * 1000


def timed(worker, matcher, people, written):
    """Spellings that are not stored, each searched once: (ms in the database, ms in all, found among ten)."""
    from tests.prosecutions.matching.spelling import respelled  # noqa: PLC0415

    luck = random.Random(8)  # noqa: S311
    for culture, name in luck.sample(written, QUERIES):
        first, last = name.split(" ", 1)
        text = f"{respelled(first, culture, luck, 1)} {respelled(last, culture, luck, 1)}"
        best, asked, whole = search(worker, matcher, people, text)
        yield asked, whole, name in best


def search_all(roles):
    """Fill the database, search it and print."""
    import psycopg2  # noqa: PLC0415

    written = list(invented(random.Random(7), NAMES))  # noqa: S311
    owner, worker = (psycopg2.connect(roles[role]) for role in ("owner", "worker"))
    owner.autocommit = worker.autocommit = True
    people = fill(owner, [name for _culture, name in written])
    with owner.cursor() as run:
        run.execute("SELECT id FROM accounts_user WHERE principal = 'matcher'")
        (matcher,) = run.fetchone()
    found = list(timed(worker, matcher, people, written))
    for place, what in ((0, "candidates from PostgreSQL"), (1, "with the weighing")):
        spent = sorted(row[place] for row in found)
        print(
            f"  {what}: median {statistics.median(spent):.0f} ms, p95 {spent[int(len(spent) * 0.95)]:.0f} ms"
        )
    recall = sum(row[2] for row in found) / len(found)
    print(f"  {len(found)} spellings that are not stored: recall@10 {recall:.3f}")


def million():
    """A database of its own, as tools/bench_locks.py makes one."""
    from devservices.provision import drop, provision  # noqa: PLC0415

    name = f"bench_{uuid.uuid4().hex[:8]}"
    roles = provision(os.environ["DATABASE_URL"], name)
    os.environ |= {f"DATABASE_URL_{role.upper()}": url for role, url in roles.items()}
    os.environ["IJM_PROCESS"] = "owner"
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    try:
        call_command("migrate", verbosity=0)
        settings.CONTEXT_KEY = settings.CONTEXT_KEYS["worker"]
        search_all(roles)
    finally:
        drop(os.environ["DATABASE_URL"], name)


if __name__ == "__main__":
    if NAMES:
        million()
    else:
        django.setup()
        quality()
