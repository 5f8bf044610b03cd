"""Programmes as an administrator keeps them: their facts, outline, regimes and checklists."""
