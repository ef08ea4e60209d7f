"""One module for each kind of deal, and the strip that shows them all."""
