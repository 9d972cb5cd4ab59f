"""What only this computer knows of a lesson: its time a moment ago, and where its film lies. Outside the journal."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects.sqlite import insert

from observe_app.domain.lesson_clock import Anchor
from observe_app.domain.video import Video
from observe_app.store.repos.base import Repo
from observe_app.store.schema import AnchorRow, VideoRow


class LessonRepo(Repo):
    """Anchors of lesson clocks, and films."""

    def anchor(self, visit_id: str) -> Anchor | None:
        """Return the moment kept last for a visit, None without one."""
        row = self.session.get(AnchorRow, visit_id)
        return None if row is None else Anchor(row.raw_ms, row.wall, row.boot, row.boot_ms)

    def keep_anchor(self, visit_id: str, anchor: Anchor) -> None:
        """Keep this moment in place of the one before."""
        values = {
            "visit_id": visit_id,
            "raw_ms": anchor.raw_ms,
            "wall": anchor.wall,
            "boot": anchor.boot,
            "boot_ms": anchor.boot_ms,
        }
        self.session.execute(
            insert(AnchorRow).values(values).on_conflict_do_update(index_elements=["visit_id"], set_=values)
        )

    def video(self, visit_id: str) -> Video | None:
        """Return the film of a visit, None without one."""
        row = self.session.get(VideoRow, visit_id)
        return None if row is None else Video(visit_id, row.path, row.starts_ms)

    def keep_video(self, video: Video) -> None:
        """Keep where the film of a visit lies, in place of what was kept before."""
        values = {"visit_id": video.visit_id, "path": video.path, "starts_ms": video.starts_ms}
        self.session.execute(
            insert(VideoRow).values(values).on_conflict_do_update(index_elements=["visit_id"], set_=values)
        )

    def drop_video(self, visit_id: str) -> None:
        """Forget where the film lies; nothing happens to the film."""
        self.session.execute(delete(VideoRow).where(VideoRow.visit_id == visit_id))
