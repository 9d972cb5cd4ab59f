"""Loading of translations; apart from the words themselves, because the first paint needs no word of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from observe_app.ui.theme.resources import resource_path

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


def load_translations(app: QCoreApplication, language: str = "") -> QLocale:
    """Install Qt's and our translations.

    Args:
        app: owner of the translators.
        language: code such as "de"; "" follows the system.

    Returns:
        The locale in force; English sentences stay where no translation ships.
    """
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)
    ours, qts = QTranslator(app), QTranslator(app)
    if qts.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qts)
    if ours.load(locale, "observe", "_", str(resource_path("translations"))):
        app.installTranslator(ours)
    return locale
