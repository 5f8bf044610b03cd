"""People as administrators keep them: accounts, invitations, memberships, signatures, work in hand."""
