"""Plans without a search: measures in the order of what each closes for its money, started as long as they fit."""
