"""Settings of the PDF: what is chosen is kept, and shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.ui.settings import SettingsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core


def test_saving_ink_is_kept_and_shown(core: Core, open_page: Callable[[type[SettingsPage]], SettingsPage]) -> None:
    page = open_page(SettingsPage)
    assert not page.ink_box.isChecked()

    page.ink_box.click()
    assert core.settings.get().ink_saving

    core.settings.change(ink_saving=False)
    page.reload()
    assert not page.ink_box.isChecked()
