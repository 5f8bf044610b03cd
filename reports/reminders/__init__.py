"""Reminders: who gets them, what they say, and which agencies have not submitted a plan."""
