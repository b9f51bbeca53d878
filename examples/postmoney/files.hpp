// What the commands share in reading files and printing JSON.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

using Json = nlohmann::ordered_json;  // keys in the order in which they are documented

// Prints it to standard output, indented; text that is no valid UTF-8 is replaced.
void print(const Json& json);

// Opens a file to read. Throws no-such-file, also for a folder.
[[nodiscard]] std::ifstream open_file(const std::string& name);
