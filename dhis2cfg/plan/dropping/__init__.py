"""What becomes of objects that the packages dropped: kept, orphaned, deleted, and who has a say in it."""
