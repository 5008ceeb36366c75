"""What became of a plan: published reports on its progress, linked to its measures and targets."""
