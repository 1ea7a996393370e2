"""What base.html needs on every page."""


def page(request):
    """Navigation and banners for the person looking."""
    return {}
