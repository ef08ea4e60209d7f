"""Live video: takes a seller's pictures and sound in, hands fragments to viewers, keeps the replay."""
