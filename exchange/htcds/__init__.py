"""The Human Trafficking Case Data Standard (HTCDS) 2.0, in and out.

`dictionary` is the standard as data, `tables` turns our codes into its values, `records` turns what we know
of people into its entities, `profiles` takes away what would lead to somebody, `writing` makes files of it
and `making` is the maker. `incoming` reads files of others. The standard: IOM, CC BY 4.0, no endorsement.
"""
