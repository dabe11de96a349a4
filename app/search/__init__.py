"""Full-text search over the pages and the glossary. It knows nothing of the web."""
