"""Answers of GET: fields, filters, order, pages, and the values that DHIS2 computes."""
