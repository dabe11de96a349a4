"""A package by name, since one of the libraries installs a package of the same name."""
