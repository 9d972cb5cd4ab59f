"""Whether the record is protected on this computer's disk, what opens it, and the ways to change that."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from observe_app.domain.errors import ObserveError
from observe_app.services import protection
from observe_app.services.protection import Wish
from observe_app.ui.errors import describe
from observe_app.ui.jobs import Job
from observe_app.ui.settings.parts import SettingsSection, row_of
from observe_app.ui.settings.protect_sheet import EndProtectionSheet, ProtectSheet
from observe_app.ui.widgets import Button, MessageKind, TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.protection import Protection
    from observe_app.ui.jobs import JobRunner


class ProtectionSection(SettingsSection):
    """Says how it stands in two sentences; buttons ask before anything changes.

    Signals:
        wished: a `Wish` that needs the record closed: protect it, or end that.
    """

    wished = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(core, self.tr("Protection of this computer’s copy"), "", parent)
        self.setObjectName("protection_section")
        self._jobs = jobs
        self._found: Protection | None = None
        self.state_label = TextLabel("", self, wrap=True)
        self.state_label.setObjectName("protection_state")
        self.more_label = TextLabel("", self, step="small", wrap=True)
        self.more_label.setObjectName("protection_more")
        self.protect_button = Button("", self, icon="lock")
        self.protect_button.setObjectName("protect_button")
        self.end_button = Button(self.tr("End it…"), self)
        self.end_button.setObjectName("end_protection_button")
        told = self.tr(
            "What you save or open elsewhere, such as PDFs, is not protected by it, nor are your name and your "
            "school in the settings."
        )
        self.column.addWidget(self.state_label)
        self.column.addWidget(self.more_label)
        self.column.addLayout(row_of(self.protect_button, self.end_button))
        self.column.addWidget(TextLabel(told, self, step="small", tone="muted", wrap=True))
        self.protect_button.clicked.connect(self._on_protect)
        self.end_button.clicked.connect(self._on_end)
        self._show_state()

    # --- public -----------------------------------------------------------------------------------

    def reload(self) -> None:
        """Show how it stands now; looked up in a worker, as the system may take its time."""
        self._jobs.run(self._work_status, Job(self, self._on_status, self._on_failed))

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_protect(self) -> None:
        found = self._found
        if found is None:
            return
        sheet = ProtectSheet(found, self)
        sheet.wished.connect(self._on_wished)
        sheet.open_over()

    @Slot()
    def _on_end(self) -> None:
        if self._found is not None:
            sheet = EndProtectionSheet(self._found, self)
            sheet.wished.connect(self.wished)
            sheet.open_over()

    @Slot(object)
    def _on_wished(self, wish: Wish) -> None:
        found = self._found
        if found is None or not found.is_on:
            self.wished.emit(wish)
        elif wish.same_way:
            self._follow(wish)
        else:  # the record stays as it is: only what opens it changes
            work = partial(self._work_change, wish)
            self._jobs.run(work, Job(self, self._on_changed, self._on_failed))

    def _follow(self, wish: Wish) -> None:
        """Protect the backups that are not, where that was wished."""
        if self._found is not None and self._found.plain and wish.backups != "keep":
            self.wished.emit(Wish(on=True, backups=wish.backups, same_way=True))

    def _work_status(self, _progress: Progress) -> Protection:
        return protection.status(self.core.folder, self.core.vault)

    def _work_change(self, wish: Wish, _progress: Progress) -> Wish:
        protection.change_passphrase(self.core.vault, wish.passphrase)
        return wish

    def _on_changed(self, wish: Wish) -> None:
        self.say(self.tr("From now on your record opens in the way that you chose."), icon="check")
        self.reload()
        self._follow(wish)

    def _on_status(self, found: Protection) -> None:
        self._found = found
        self._show_state()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self.say(f"{told.text} {told.hint}".strip(), MessageKind.LOOK)

    # --- helpers ----------------------------------------------------------------------------------

    def _show_state(self) -> None:
        found = self._found
        is_on = self.core.store.key is not None
        self.protect_button.setEnabled(found is not None and found.possible)
        self.end_button.setVisible(is_on)
        self.protect_button.setText(self.tr("Change what opens it…") if is_on else self.tr("Protect it…"))
        if not is_on:
            self.state_label.setText(
                self.tr("Not protected: whoever can read this computer’s disk can read your record.")
            )
        elif found is not None and found.kept_in == "passphrase":
            self.state_label.setText(self.tr("Protected. It opens with your passphrase."))
        else:
            self.state_label.setText(self.tr("Protected. It opens by itself while you are signed in to this computer."))
        sentence, tone = self._more(found)
        self.more_label.setText(sentence)
        self.more_label.set_tone(tone)
        self.more_label.setVisible(bool(sentence))

    def _more(self, found: Protection | None) -> tuple[str, str]:
        if found is None:
            return "", "muted"
        if not found.possible:
            return self.tr("This copy of Observe lacks the part that protects records."), "warm"
        if not found.is_on:
            return "", "muted"
        if found.plain:
            words = self.tr("Backups that are not protected yet: {n}.")
            return words.format(n=found.plain), "warm"
        if found.has_words:
            return self.tr("Your twelve words open it, too, on any computer."), "muted"
        if found.kept_in == "passphrase":
            return self.tr("Nothing else opens it. With a shared folder set up, your twelve words do, too."), "warm"
        words = self.tr(
            "Nothing else opens it or its backups: if this computer or your account is lost, they are lost, too. "
            "With a shared folder set up, your twelve words open them anywhere; so does a passphrase."
        )
        return words, "warm"
