"""Tables of the shell: left-aligned, wrapping, and showing what people wrote as it is."""

from rich.table import Table
from rich.text import Text


def table_of(title: str, *columns: str) -> Table:
    """An empty table; only a column named `Baris` is never wrapped."""
    made = Table(title=title, title_justify="left")
    for name in columns:
        made.add_column(name, overflow="fold", no_wrap=name == "Baris")
    return made


def texts(*values: object) -> list[Text]:
    """As they are: what somebody wrote in a sheet is no markup."""
    return [Text(str(value)) for value in values]
