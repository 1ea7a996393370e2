"""One test for many files: thousands of parametrised tests of a millisecond each cost more than they test."""

import functools


def each(*rows, ids=str):
    """Run the test for every row (a tuple is its arguments); those that fail are told together."""

    def decorate(check):
        @functools.wraps(check)
        def run():
            wrong = []
            for row in rows:
                arguments = row if isinstance(row, tuple) else (row,)
                try:
                    check(*arguments)
                except Exception as broken:
                    wrong.append(f"{ids(row)}: {broken or type(broken).__name__}")
            assert rows, "nothing to look at"
            assert not wrong, "\n\n".join(wrong)

        del run.__wrapped__  # pytest would ask for the arguments of the check as fixtures
        return run

    return decorate
