"""The steps of a plan, done one by one through the port; knows nothing of planning.

In: steps and a `MetadataServer`. Out: one `StepOutcome` a step; after one that is not done, no other begins.
"""
