"""An output folder that is a link to a release, as a place of a site."""

from collections.abc import Iterator
from contextlib import contextmanager

from generator.errors import PublishError
from generator.publish.lock import Waiting, lock_output
from generator.publish.place import Folder, Place
from generator.publish.releases import Releases


class ReleasedFolder(Folder):
    """The live release; a build that changes something makes the next one, and the link is renamed in the end."""

    def __init__(self, releases: Releases, keep: int | None, *, adopt: bool, is_resumed: bool) -> None:
        """Take the releases, and how many of them to keep; None if the site becomes an ordinary folder again.

        Unless it `is_resumed`, nothing is published after a rollback.
        """
        self._releases = releases
        self._keep = keep
        self._adopts = adopt
        self._is_resumed = is_resumed
        self._stand_in(releases.live)

    def _stand_in(self, number: int | None) -> None:
        """Be a release; without a number, the folder in the place of the link."""
        releases = self._releases
        super().__init__(releases.locate(number), releases.find_state(number), name=releases.link, adopt=self._adopts)

    @contextmanager
    def lock(self, waiting: Waiting) -> Iterator[None]:
        """Lock the releases and the live one.

        Raises:
            PublishError: another build does not end, or the site is rolled back.
        """
        releases = self._releases
        with lock_output(releases.folder, waiting):
            if self._keep is None:
                releases.restore_folder()
            elif releases.is_held and not self._is_resumed:
                why = f"it is rolled back to release {releases.live}; to publish again, use newsprint build --resume"
                raise PublishError(self.name, why)
            releases.remove_unfinished()
            self._stand_in(releases.live)
            with super().lock(waiting):
                yield

    @contextmanager
    def succeed(self, *, is_changed: bool) -> Iterator[Place]:
        """The next release; the live one if nothing changed.

        Raises:
            OSError: the system refuses. The live release is as it was.
        """
        releases = self._releases
        is_settled = releases.live is not None and not releases.is_held
        if self._keep is None or (is_settled and not is_changed):
            yield self
            return
        number = releases.find_next()
        try:
            releases.begin(number)
            yield releases.open(number, adopt=self._adopts)
            releases.switch(number)
        except BaseException:
            releases.remove_unfinished()
            raise
        self._stand_in(number)

    def tidy(self) -> list[str]:
        """Remove releases that are not kept."""
        return list(self._releases.prune(self._keep)) if self._keep is not None else []
