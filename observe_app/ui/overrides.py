"""Lets an error inside an override of a Qt method be reported, where it would end the process.

On Python 3.11, an error that the interpreter itself raises (TypeError, RecursionError, the RuntimeError of a widget
that is gone) is no object yet while it leaves a function, only a type and some words. PySide takes the words for the
object when the override was called from Python, by a show or a resize for example, and reads memory that is not there.
An error that was caught once is an object. From Python 3.12 on every error is one from the beginning.

Python's collector takes a window that nobody holds apart before Qt sends its parts their last events. An override that
misses what it stands on because nothing is left of its object, or nothing is there yet, leaves the answer to Qt.
"""

from __future__ import annotations

from functools import wraps
from types import FunctionType
from typing import TYPE_CHECKING, Any

from observe_app.ui.fast_import import plain_import

with plain_import():
    from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

_VARIABLE = 0x04 | 0x08
"""Flags of code that takes any number of arguments, plain or named."""


def guard_overrides() -> None:
    """Make every class of ours that is defined from now on under a Qt class pass errors on as objects.

    Call it before the first such class is defined; a second call changes nothing.
    """
    if "__init_subclass__" not in vars(QObject):
        QObject.__init_subclass__ = classmethod(_guard)  # type: ignore[assignment, method-assign, arg-type]


def _guard(cls: type[QObject], **words: object) -> None:
    super(QObject, cls).__init_subclass__(**words)
    of_qt = [vars(base) for base in cls.__mro__ if base.__module__.startswith("PySide6.")]
    for name, function in list(vars(cls).items()):
        if isinstance(function, FunctionType) and name[:2] != "__" and any(name in members for members in of_qt):
            setattr(cls, name, _passing_objects(cls, function))


def _passing_objects(cls: type[QObject], function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with its errors made objects.

    One and two arguments keep their number, which is how PySide knows what to hand to a slot.
    """
    code, name = function.__code__, function.__name__
    fixed = not code.co_flags & _VARIABLE and not code.co_kwonlyargcount and function.__defaults__ is None

    if fixed and code.co_argcount == 1:

        @wraps(function)
        def alone(self: object) -> Any:
            try:
                return function(self)
            except AttributeError as error:
                return _of_qt(cls, name, error, self)
            except BaseException:
                raise

        return alone

    if fixed and code.co_argcount == 2:

        @wraps(function)
        def with_one(self: object, given: object) -> Any:
            try:
                return function(self, given)
            except AttributeError as error:
                return _of_qt(cls, name, error, self, given)
            except BaseException:
                raise

        return with_one

    @wraps(function)
    def with_any(*given: object, **named: object) -> Any:
        try:
            return function(*given, **named)
        except AttributeError as error:
            return _of_qt(cls, name, error, *given, **named)
        except BaseException:
            raise

    return with_any


def _of_qt(cls: type[QObject], name: str, error: AttributeError, self: Any, *given: object, **named: object) -> Any:
    """Return what the class below says, where the object is empty; else raise the error on."""
    if vars(self):
        raise error
    return getattr(super(cls, self), name)(*given, **named)
