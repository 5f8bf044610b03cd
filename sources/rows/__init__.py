"""From the records of a document's folder to the rows of plan parts, by subject."""

from sources.rows.content import LINE_FILES, PrintedContent, read_content
from sources.rows.known import Known

__all__ = ["LINE_FILES", "Known", "PrintedContent", "read_content"]
