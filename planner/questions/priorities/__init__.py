"""What stands whatever happens: worlds drawn, each planned anew, and an order in which to fund."""
