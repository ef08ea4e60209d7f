"""The live room's real time: one ear per process and room, one frame per viewer and tick."""

SHORTCUT = "market.frame"  # the scope's extension under which a server takes ready frames
# Of the kernel, for one viewer. Left to itself it hides megabytes that nobody reads, and no server knows.
SEND_BUFFER = 128 * 1024
