"""The installation: settings, keys, database, files and index, opened once by web and worker."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from meetings.models import Database, User
from meetings.schema import is_up_to_date
from meetings.settings import Settings, SettingsError
from search_index import SearchIndex
from storage import KeyFolder, Store


@dataclass
class Installation:
    """Everything one installation holds."""

    settings: Settings

    @cached_property
    def database(self) -> Database:
        """Return the database."""
        return Database(self.settings.database_url)

    @cached_property
    def keys(self) -> KeyFolder:
        """Return the keys, made at first use."""
        return KeyFolder.ensure(self.settings.keys_folder)

    @cached_property
    def store(self) -> Store:
        """Return the store of encrypted files."""
        return Store(self.settings.blobs_folder, floor=self.settings.min_free)

    @cached_property
    def index(self) -> SearchIndex:
        """Return the full-text index."""
        return SearchIndex.open(self.settings.index_folder)

    def start_index_over(self) -> None:
        """Set a damaged index aside and begin an empty one."""
        self.index = SearchIndex.start_over(self.settings.index_folder)

    def prepare(self) -> "Installation":
        """Make what is missing - folders, keys, tables - and return the installation."""
        for folder in (self.settings.instance, self.settings.quarantine_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _ = self.keys, self.store
        if not is_up_to_date(self.settings.database_url):
            from meetings.upgrade import upgrade

            upgrade(self.settings.database_url, self.settings.copies_folder)
        return self

    def refuse_demo(self) -> None:
        """Raise SettingsError where a demo account would open a production installation."""
        demo = select(User.id).where(User.demo, User.active).limit(1)
        with self.database.reading() as session:
            if self.settings.production and session.scalar(demo) is not None:
                message = "A demo account exists. Production begins with an empty instance folder."
                raise SettingsError(message)

    def close(self) -> None:
        """Let go of what is open."""
        if "database" in self.__dict__:
            self.database.close()
