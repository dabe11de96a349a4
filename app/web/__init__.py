"""The site as Flask serves it: thin views over the library and the checker."""
