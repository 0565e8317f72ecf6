"""What an assistive program sees of Octavo, as lines of JSON.

First the table "Bytes", as soon as one of its cells has the focus; then each cell that gets the
focus after that, until it is stopped. Nothing is asked of Octavo but through AT-SPI.
"""

import json
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402


def tell(**what):
    print(json.dumps(what), flush=True)


def described(cell):
    return {
        "name": cell.get_name(),
        "description": cell.get_description(),
        "role": cell.get_role_name(),
        "index": cell.get_index_in_parent(),
        "focused": cell.get_state_set().contains(Atspi.StateType.FOCUSED),
    }


def found(accessible):
    """The table under `accessible`; what is not to be seen is left out."""
    if accessible.get_role() == Atspi.Role.TABLE and accessible.get_name() == "Bytes":
        return accessible
    if accessible.get_role() in (Atspi.Role.MENU_BAR, Atspi.Role.TOOL_BAR):
        return None
    for index in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(index)
        table = found(child) if child else None
        if table:
            return table
    return None


def focused_table():
    """Asks again until it is there: the program is still starting."""
    while True:
        try:
            table = found(Atspi.get_desktop(0))
            if table:
                cells = table.get_table_iface()
                first = cells.get_accessible_at(0, 0)
                if first.get_state_set().contains(Atspi.StateType.FOCUSED):
                    return table
        except GLib.Error:
            pass  # it has gone while it was asked
        time.sleep(0.05)


def hear(event):
    if event.detail1 and event.source.get_role() == Atspi.Role.TABLE_CELL:
        tell(focus=described(event.source))


# What is remembered could be older than what is there.
Atspi.Accessible.set_cache_mask(Atspi.get_desktop(0), Atspi.Cache.NONE)
table = focused_table()
listener = Atspi.EventListener.new(hear)
listener.register("object:state-changed:focused")
cells = table.get_table_iface()
tell(
    rows=cells.get_n_rows(),
    columns=cells.get_n_columns(),
    rowNames=[cells.get_row_description(row) for row in range(cells.get_n_rows())],
    columnName=cells.get_column_description(10),
    cells=[described(cells.get_accessible_at(0, column)) for column in range(3)],
    last=described(cells.get_accessible_at(1, 1)),
    rowOf17=cells.get_row_at_index(17),
)
Atspi.event_main()
