"""How sure a plan is: its decisions kept, the world drawn again and again."""
