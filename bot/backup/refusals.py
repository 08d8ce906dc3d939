"""Why a copy can't be taken or put back."""

from loyalty.errors import Refusal


class NoDatabaseError(Refusal):
    """There is nothing to copy yet."""

    text = "backup-no-database"


class CopyExistsError(Refusal):
    """A copy never takes the place of another file."""

    text = "backup-file-exists"


class FolderMissingError(Refusal):
    text = "backup-folder-missing"


class StorageRefusedError(Refusal):
    """The disk is full, the folder is somebody else's, the file can't be read."""

    text = "backup-storage-refused"


class DatabaseInUseError(Refusal):
    """Some program has the database open, though no bot holds the lock."""

    text = "backup-database-in-use"


class StillRunningError(Refusal):
    text = "restore-still-running"


class NoCopyError(Refusal):
    text = "restore-no-file"


class NotACopyError(Refusal):
    text = "restore-not-a-copy"


class CopyDamagedError(Refusal):
    text = "backup-damaged"


class CopyOfAnotherVersionError(Refusal):
    """Its schema is of a migration that this program does not know."""

    text = "restore-another-version"


class ToolMissingError(Refusal):
    text = "backup-tool-missing"


class ToolFailedError(Refusal):
    text = "backup-tool-failed"
