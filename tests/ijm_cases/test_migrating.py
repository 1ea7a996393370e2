"""Operations of migrations run together as far as none builds on another's change."""

from django.db import migrations, models

from ijm_cases.migrating import Together, grouped


def shape(*operations):
    """How they were grouped, in numbers."""
    found = list(grouped(operations))
    flat = [step for one in found for step in (one.operations if isinstance(one, Together) else (one,))]
    assert flat == list(operations), "the order is kept and nothing is lost"
    return [len(one.operations) if isinstance(one, Together) else 1 for one in found]


def made(name):
    return migrations.CreateModel(name, fields=[("id", models.AutoField(primary_key=True))])


def added(model, name):
    return migrations.AddField(model, name, models.IntegerField(null=True))


def altered(model, name):
    return migrations.AlterField(model, name, models.IntegerField())


def test_columns_of_tables_that_are_there_are_changed_together():
    assert shape(added("Case", "one"), added("case", "two"), altered("Person", "one")) == [3]


def test_what_is_done_to_a_table_made_here_waits_for_it():
    assert shape(made("Case"), made("Person"), added("Person", "one"), added("Case", "one")) == [2, 2]


def test_two_changes_of_one_column_are_two_steps():
    assert shape(added("Case", "one"), altered("CASE", "one"), added("Case", "two")) == [1, 2]


def test_code_and_sql_stand_alone_and_see_everything_before_them():
    code = migrations.RunPython(migrations.RunPython.noop)
    sql = migrations.RunSQL("SELECT 1")
    gone = migrations.RemoveField("Case", "one")
    assert shape(added("Case", "one"), code, sql, gone, added("Case", "two"), made("Person")) == [
        1,
        1,
        1,
        1,
        2,
    ]
