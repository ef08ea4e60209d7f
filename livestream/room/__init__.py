"""The live room's real time: one ear per process and room, one frame per viewer and tick."""

SHORTCUT = "market.frame"  # the scope's extension under which a server takes ready frames
