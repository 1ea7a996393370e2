"""The columns of the Counter-Trafficking Data Collaborative (CTDC), in and out.

`columns` is the codebook as data with the spellings of three generations of files, `reading` and `writing` go
from files to rows and back, `people` derives a row from what we know of a person, `anonymity` sees to it that
nobody can be told apart by what others may know of her, `counts` adds people up for IC-TIP and SDG 16.2.2.

Codebook: CTDC Global Synthetic Dataset, version 2, February 2024 (IOM). Source line for data of theirs:
"Counter-Trafficking Data Collaborative (CTDC). 2024. Global Synthetic Dataset."
"""
