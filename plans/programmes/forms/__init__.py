"""The forms of programmes. What they state is judged by the acts, so that all findings come at once."""
