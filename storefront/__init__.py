"""The shop windows: what shoppers see of the goods and sellers of their day, with who is on air."""
