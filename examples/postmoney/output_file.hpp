// Files that commands write, which have their names only once they are whole.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

// Whether the option or argument means standard output: it is empty, or `-`.
[[nodiscard]] bool is_standard_output(const std::string& file);

// Calls `write` with a stream to the file, or to standard output. A file of the name is replaced, by its link
// too; a pipe or a device is written to. Throws file-exists where the file is a database, and io when not all
// of it is written, and leaves no file behind then.
void write_output(const std::string& file, const std::function<void(std::ostream&)>& write);
