"""A made-up world of shops, owners and parents, in which policies of whom to visit are tried (docs/scoring.md)."""
