"""Files that bring records in: read, checked cell by cell, brought in by the worker, taken back whole.

The machinery (upload, sheets, columns, dry run, faults, look-alikes, loading in steps, undo) is one for all
kinds; a kind says what a row may tell and what is made of it. It is a class in a module (or folder) of its
own, and one line in `registry.py`::

    class Hearings(Kind):
        code = BatchKind.HEARINGS
        columns = (
            Column("case", _("Case number"), text(40), required=True, also=("case no", "expediente")),
            Column("on", _("Date"), day(), required=True),
            Column("outcome", _("Outcome"), code_of(HearingOutcome), codes=HearingOutcome),
        )

        def plan(self, chunk):      # reads in bulk (as whoever loads), writes nothing
            known = numbers_of(chunk)
            for row in chunk.good:
                if row["case"] not in known:
                    row.fault("case", "case_unknown")      # a code of faults.py, or one of your own
                row.makes["hearings"] = 1                  # for the counts of the dry run
                if chunk.again("key of the row", row):     # the same key stood in an earlier row
                    row.fault("", "row_again", row=...)

        def write(self, chunk):     # one transaction; bulk_create of what chunk.good says
            ...

How it runs:

* `Column.parse(cell, chunk.reading)` gives the value, or raises `Faulty("code", **params)`. An empty cell is
  never parsed: `row["name"]` is "" then. `params` never hold what stands in the cell.
* Dry run: `plan` for every chunk of 500 rows. Loading: `plan` and `write` for every chunk in one
  transaction, as the person who loads. Rows with faults, and rows that were answered to be somebody who is
  here, are not in `chunk.good` when `write` is called. Where the database refuses a chunk it is written row
  by row, and the row that it refuses gets the fault `refused`.
* What the transaction inserts into tables of cases is noted by the database itself (`policies.py`), so a kind
  does nothing for the undo. It must only insert: never change a record that was here before.
* `row.like(record, score)` proposes that the row tells of somebody who is here; people answer before loading.
* After `write` the machinery writes `case.bring` for each case of the chunk, with origin "import": no alert
  follows from history. Hearings ahead get their reminders because the sweep reads hearings, not events.
* What identifies people goes into sealed fields; `keys_in_hand` is open while `plan` and `write` run.
* Texts of faults: `faults.FAULTS`; a kind adds its own with `faults.register({"code": _("... %(limit)s")})`.
* `find_header(rows)` of a kind may say where the header of an official template stands; otherwise it is
  guessed. `guess(header)` may say which column is which; otherwise labels, `also` and earlier files decide.
"""
