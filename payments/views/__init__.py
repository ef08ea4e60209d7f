"""Pages about money: the buyer's, the shop's, and the operators' desk."""
