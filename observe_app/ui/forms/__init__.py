"""The Forms page: the library, a form as its reader sees it, its editor, and the ways in and out."""

from observe_app.ui.forms.page import FormsPage

__all__ = ["FormsPage"]
