"""The API of people: accounts, memberships, delegated signatures, work in hand."""
