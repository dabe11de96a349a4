"""What the site knows: pages, sources, glossary and the checker's words, read from files. No Flask here."""
