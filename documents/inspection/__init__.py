"""Looking into a file from outside before it is kept: what it really is, and what may hide in it.

Parsers meet the file in a process of their own (`python -m documents.inspection`) that has little memory and
little time, so a file that is made to break them breaks nothing else. Nothing here knows of Django.
"""
