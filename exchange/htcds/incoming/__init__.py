"""Files of the standard, brought in: the official workbooks with their faults, forms, and files like ours.

`header` knows which column is which, `cells` reads cells, `unpacking` makes one table of JSON and archives,
`kind` checks rows, `alike` proposes who may be here already, `loading` writes.
"""
