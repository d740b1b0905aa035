"""Where people sit: the plan of a room, and who of a meeting sits on which seat."""
