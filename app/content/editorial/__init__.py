"""The house rules for how the site writes: one generator a rule, whose docstring is the rule."""
