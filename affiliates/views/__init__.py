"""Pages of affiliates: links that lead in, the creators' desk, the sellers' rates."""
