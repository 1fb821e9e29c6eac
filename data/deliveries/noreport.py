"""Why an import has no report."""

from data.errors import DashboardError


class NoReportError(DashboardError):
    """A name that no report can have, or a folder that isn't there."""

    exit_code = 2

    def __str__(self) -> str:
        return (
            f"{self.args[0]}: a report is a file ending in .json or .xlsx in a folder that exists. "
            "Nothing was imported. Give another name."
        )


class ReportNotWrittenError(DashboardError):
    """The import is done, but its report could not be written."""

    def __str__(self) -> str:
        path, reason = self.args
        return (
            f"{path}: the report could not be written ({reason}). What became of the deliveries stands "
            "above. Import them again for the report; what is stored is not stored twice."
        )
