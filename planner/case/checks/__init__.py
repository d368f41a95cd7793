"""What must hold between the places of a case: names exist, figures agree, what is decided can be done and paid for."""
