// How an edit is to be carried out.
// Thread rule: plain values.
#pragma once

namespace octavo::core {

/// How an edit joins the history.
enum class EditStyle {
    Step,    ///< an undo step of its own
    Typing,  ///< joins the typing before it where it goes on there
};

/// What happens where an edit falls into a change that is switched off.
enum class IfSwitchedOff {
    Ask,       ///< nothing: the edit is refused with ErrorCode::SwitchedOff, so that the user says
    Drop,      ///< the change is given up for good (undo brings it back)
    SwitchOn,  ///< the change is switched on first; refused where that would move bytes, as the
               ///< edit would mean another place then
};

struct EditOptions {
    EditStyle style = EditStyle::Step;
    IfSwitchedOff switchedOff = IfSwitchedOff::Ask;

    EditOptions() = default;
    EditOptions(EditStyle editStyle) : style(editStyle) {}
    EditOptions(IfSwitchedOff answer) : switchedOff(answer) {}
    EditOptions(EditStyle editStyle, IfSwitchedOff answer)
        : style(editStyle), switchedOff(answer) {}
};

}  // namespace octavo::core
