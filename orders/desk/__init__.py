"""Many orders at once: labels to print, waybill numbers from a file, a list to take away."""
