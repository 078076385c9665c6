"""How a file is refused as a whole."""

from nitka.ground.problem import Problem


class UnreadableFile(Problem):
    """The file is not what it should be; nothing of it was written."""

    code = "unreadable_file"
    status = 422


class BadMapping(Problem):
    """The mapping does not say how to read the file."""

    code = "bad_mapping"
    status = 422


class BadRow(Exception):
    """One row cannot be taken; the message is its reason. The others go on. `column` is where it stands, if in one."""

    def __init__(self, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.column = column
