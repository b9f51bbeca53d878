# Writes OUTPUT, a C++ source that defines listed_commands() and program_page(), both of command.hpp.
#   cmake -D FOLDER=examples/postmoney -D COMMANDS=init,import_csv -D OUTPUT=listed_commands.cpp -P embed_pages.cmake
# COMMANDS names what has a source: commands/NAME.cpp defines make_NAME(). Each has a page, commands/NAME.txt, whose first
# line starts with NAME, each _ written as a space or a hyphen. A page without a source is of a group of commands.
cmake_minimum_required(VERSION 3.25)

file(GLOB shared_texts "${FOLDER}/shared/*.txt")

# The text of a page goes in byte by byte, so that no character of it matters.
function(append_page file symbol)
    file(READ "${file}" text)
    foreach(shared IN LISTS shared_texts)
        cmake_path(GET shared STEM name)
        file(READ "${shared}" lines)
        string(REPLACE "  @${name}\n" "${lines}" text "${text}")
    endforeach()
    string(REPLACE "  @commands\n" "" rest "${text}")
    if(rest MATCHES "\n +(@[a-z_]+)\n")
        message(FATAL_ERROR "${file}: ${CMAKE_MATCH_1}: expected @commands or the name of a file in shared/")
    endif()
    string(HEX "${text}" bytes)
    if(bytes STREQUAL "")
        message(FATAL_ERROR "${file}: expected a help page, got an empty file")
    endif()
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
    # One long line trips editors and some compilers: break it after each line feed of the text.
    string(REPLACE "'\\x0a'," "'\\x0a',\n    " bytes "${bytes}")
    string(APPEND arrays "constexpr char ${symbol}[] = {\n    ${bytes}};\n\n")
    set(arrays "${arrays}" PARENT_SCOPE)
endfunction()

set(makers "")
set(arrays "")
set(rows "")
string(REPLACE "," ";" commands "${COMMANDS}")
foreach(command IN LISTS commands)
    if(NOT EXISTS "${FOLDER}/commands/${command}.txt")
        message(FATAL_ERROR "commands/${command}.cpp: expected its help page beside it, ${command}.txt")
    endif()
endforeach()

file(GLOB pages "${FOLDER}/commands/*.txt")
set(names "")
foreach(page IN LISTS pages)
    cmake_path(GET page STEM name)
    list(APPEND names "${name}")
endforeach()
list(SORT names)  # a group, which is the shorter name, before its commands
foreach(name IN LISTS names)
    set(page "${FOLDER}/commands/${name}.txt")
    file(STRINGS "${page}" usage LIMIT_COUNT 1)
    string(REPLACE "_" "[ -]" words "${name}")
    if(NOT usage MATCHES "^${words}( [^a-z]|$)")
        message(FATAL_ERROR "${page}: expected a first line that starts with the command, got: ${usage}")
    endif()
    append_page("${page}" "page_${name}")
    set(maker nullptr)
    if(name IN_LIST commands)
        set(maker make_${name})
        string(APPEND makers "std::unique_ptr<Command> ${maker}();\n")
    endif()
    string(APPEND rows "        {{page_${name}, sizeof page_${name}}, ${maker}},\n")
endforeach()
append_page("${FOLDER}/program.txt" page_of_program)

string(CONCAT content
    "// Generated from commands/ by embed_pages.cmake.\n"
    "#include \"command.hpp\"\n\n"
    "${makers}\n"
    "namespace {\n\n"
    "${arrays}"
    "}  // namespace\n\n"
    "std::span<const ListedCommand> listed_commands() {\n"
    "    static constexpr ListedCommand commands[] = {\n${rows}    };\n"
    "    return commands;\n"
    "}\n\n"
    "std::string_view program_page() { return {page_of_program, sizeof page_of_program}; }\n")
file(WRITE "${OUTPUT}" "${content}")
