// Recording one line that a command has put together.
#pragma once

#include <string>

#include "command.hpp"
#include "json.hpp"

// Records a line of the form of facts files and prints it as it is kept, with its id. Returns the exit
// status. Throws what is wrong with the line, naming the field.
[[nodiscard]] int record_line(const ProgramOptions& program, const std::string& line);
