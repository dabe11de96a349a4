"""What the site tells other programs: drawn from the library, with no web framework."""
