"""Pages of a list without asking how many rows there are."""

PER_PAGE = 50


class Page:
    """One page: reads one row more than it shows, to know whether there is another."""

    def __init__(self, rows, number, per_page=PER_PAGE):
        self.number = number
        start = (number - 1) * per_page
        found = list(rows[start : start + per_page + 1])
        self.rows, self.more = found[:per_page], len(found) > per_page

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    def has_next(self):
        return self.more

    def has_previous(self):
        return self.number > 1

    def next_page_number(self):
        return self.number + 1

    def previous_page_number(self):
        return self.number - 1


def page_of(rows, request, per_page=PER_PAGE):
    """The page the address asks for; the first one when it asks for nonsense."""
    text = request.GET.get("page", "1")
    number = int(text) if text.isdecimal() and len(text) < 6 else 1
    return Page(rows, max(number, 1), per_page)
