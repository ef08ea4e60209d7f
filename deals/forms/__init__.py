"""What sellers and viewers type about deals."""
