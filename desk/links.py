"""Addresses of other apps' pages, left out where a page is not there or the person lacks its verb."""

from django.urls import NoReverseMatch, reverse


def address(name, *args, **query):
    """The address of a page by its name, or '' where no such page exists."""
    try:
        return reverse(name, args=args, query=query or None)
    except NoReverseMatch:
        return ""


def links(user, wanted):
    """Of (verb, url name, args, query, facts), those the person may open, as dicts with their url."""
    found = []
    for verb, name, args, query, facts in wanted:
        url = address(name, *args, **query) if user.can(verb) else ""
        if url:
            found.append({"url": url, **facts})
    return found
