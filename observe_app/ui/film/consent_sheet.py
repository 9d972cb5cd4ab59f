"""Before a film is opened: who agreed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot

from observe_app.services.film import MAX_CONSENT
from observe_app.ui.widgets import Field, Sheet, TextArea, TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ConsentSheet(Sheet):
    """Asks for the consent in words and says what happens to the film.

    Signals:
        given: the words, once they are there and the main button was pressed.
    """

    given = Signal(str)

    def __init__(self, consent: str, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("ConsentSheet", "Who agreed to this film?"), parent)
        self.setObjectName("consent_sheet")
        told = self.tr(
            "The teacher, and those who answer for the students, agree before a lesson is filmed and watched. Write "
            "down who did and where that is kept; it becomes part of the visit."
        )
        self.body.addWidget(TextLabel(told, self, wrap=True, tone="quote"))
        self.text_area = TextArea(
            consent, self, placeholder=self.tr("e.g. A. Diallo on 3 March; parents’ forms: office")
        )
        self.text_area.setObjectName("consent_text")
        self.body.addWidget(Field(self.tr("Consent"), self.text_area, self))
        stays = self.tr("The film stays where it is. Observe only remembers the place, and copies and sends nothing.")
        self.body.addWidget(TextLabel(stays, self, wrap=True, step="small", tone="muted"))
        self.add_safe(self.tr("Not now"))
        self.choose_button = self.add_main(self.tr("Record it and choose the film…"))
        self.choose_button.setObjectName("consent_given")
        self.text_area.textChanged.connect(self._on_typed)
        self.accepted.connect(self._on_accepted)
        self._on_typed()

    def open_over(self) -> None:
        """Show it with the keyboard where words are wanted; Esc is the safe answer."""
        super().open_over()
        self.text_area.setFocus()

    @Slot()
    def _on_typed(self) -> None:
        count = len(self.text_area.toPlainText().strip())
        if count > MAX_CONSENT:
            self.choose_button.set_disabled_because(
                self.tr("At most {most} characters fit; these are {count}.").format(most=MAX_CONSENT, count=count)
            )
        elif not count:
            self.choose_button.set_disabled_because(self.tr("Write down first who agreed."))
        else:
            self.choose_button.set_disabled_because("")

    @Slot()
    def _on_accepted(self) -> None:
        self.given.emit(self.text_area.toPlainText().strip())
