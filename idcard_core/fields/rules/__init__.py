"""Pure rules about the values printed on a card: numbers, regions, nations, dates, terms, issuers.

Nothing here looks at a picture, and nothing here changes a value: the functions parse, compare and report.
"""
