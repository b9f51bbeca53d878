#pragma once

#include <fstream>
#include <string>

// Opens a file to read. Throws no-such-file, also for a folder.
[[nodiscard]] std::ifstream open_file(const std::string& name);
