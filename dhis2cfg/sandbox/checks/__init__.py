"""What an import is refused for; every check takes one type's part of a bundle and gives error reports."""
