"""At the door: personal cells are keyed, masked or dropped before anything is stored."""
