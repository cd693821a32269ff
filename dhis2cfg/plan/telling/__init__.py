"""What is told of a plan: changes in words, names for UIDs, risks, counts, findings and notes."""
