"""Settings and data store entries in a plan: compared by the same table as all else, written as own steps.

`comparing` makes a comparison of each, `telling` its changes and notes, `writing` the steps and the record.
"""
