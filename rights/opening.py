"""The one place where the words of requests and corrections are opened, for pages under the need to know."""


def opened(row):
    """{name: plain words} of the sealed columns of a request or a correction."""
    names = ("what", "was", "should_be", "why", "answer")
    return {name: getattr(row, name).open() for name in names if hasattr(row, name)}
