from audit.actions import record_apart

REFUSED = (403, 404)


class RefusedMiddleware:
    """Write down what was refused to somebody who has signed in: a record out of reach, a verb she lacks.

    Stands outside the request's transaction, which a refusal may have rolled back.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code in REFUSED and request.resolver_match and request.user.is_authenticated:
            self.note(request, response.status_code)
        return response

    @staticmethod
    def note(request, status):
        """Which page of which record; never what was typed."""
        match = request.resolver_match
        of = getattr(match.func, "needs_of", None)
        label = of._meta.label if of is not None else match.view_name
        key = str(match.kwargs.get("pk", ""))
        case_id = match.kwargs.get("pk") if label == "cases.Case" else None
        record_apart(
            "access.deny", by=request.user, subject=label, subject_id=key, case_id=case_id,
            status=status, view=match.view_name,
        )  # fmt: skip
