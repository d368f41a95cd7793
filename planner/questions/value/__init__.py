"""The value of money: what a billion more, or less, of each line and period comes to."""
