"""Who may do what, drawn from the table of rights and the workflows: page, sheet, API, and a checker."""
