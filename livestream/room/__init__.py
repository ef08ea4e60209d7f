"""The live room's real time: one ear per process and room, one frame per viewer and tick."""
