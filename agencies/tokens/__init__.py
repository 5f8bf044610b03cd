"""API tokens: making and revoking one's own, and the administrators' list of everybody's."""
