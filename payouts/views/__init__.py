"""Pages of money, by who reads them."""
