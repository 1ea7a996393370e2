"""Several small questions in one statement: pages ask many, and each trip to the database costs as much."""

from django.db.models import F, Func, IntegerField, Subquery

from accounts.models import User


def ask(user, **questions):
    """{name: answer}, all in one statement; a question is a count, an Exists or another single value.

    The row of the person looking only carries them: it is always there.
    """
    if not questions:  # no column named would mean every column
        return {}
    row = User.objects.filter(pk=user.pk).values_list(*questions.values()).first()
    return dict(zip(questions, row, strict=True)) if row else dict.fromkeys(questions)


def how_many(rows, field="pk", *, distinct=False):
    """How many rows there are, or different values of a field, as a question for `ask`."""
    template = "COUNT(DISTINCT %(expressions)s)" if distinct else "COUNT(%(expressions)s)"
    count = Func(F(field), template=template, output_field=IntegerField())
    return Subquery(rows.order_by().annotate(counted_here=count).values("counted_here"))
