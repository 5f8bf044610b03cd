"""What every endpoint shares and no app owns: problems, entity tags, pages, strict filters."""
