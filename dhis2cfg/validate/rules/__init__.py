"""One rule a file: a page that explains it and a function that finds it; rules do not know each other."""
