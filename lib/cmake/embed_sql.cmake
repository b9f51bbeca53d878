# Writes OUTPUT, a C++ source that defines postmoney::detail::migrations() from numbered SQL files.
#   cmake -D FILES=schema/0001_ledger.sql,... -D OUTPUT=migrations.cpp -P embed_sql.cmake
# Each byte is a number, so that neither the length limit of a string literal nor any character of the SQL matters.
cmake_minimum_required(VERSION 3.25)

string(REPLACE "," ";" files "${FILES}")
list(SORT files)

set(arrays "")
set(rows "")
set(version 0)
foreach(file IN LISTS files)
    math(EXPR version "${version} + 1")
    cmake_path(GET file STEM LAST_ONLY name)
    string(LENGTH "000${version}" length)
    math(EXPR start "${length} - 4")
    string(SUBSTRING "000${version}" ${start} 4 number)
    if(NOT name MATCHES "^${number}_[a-z0-9_]+$")
        message(FATAL_ERROR "${file}: expected ${number}_words.sql, for migrations are numbered from 0001 without a gap")
    endif()
    file(READ "${file}" bytes HEX)
    if(bytes STREQUAL "")
        message(FATAL_ERROR "${file}: expected SQL, got an empty file")
    endif()
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
    # Break the line after each line feed of the SQL, because one long line is too much for editors and some compilers.
    string(REPLACE "'\\x0a'," "'\\x0a',\n    " bytes "${bytes}")
    string(APPEND arrays "constexpr char sql_${number}[] = {\n    ${bytes}};\n\n")
    string(APPEND rows "    {${version}, \"${name}\", {sql_${number}, sizeof sql_${number}}},\n")
endforeach()

string(CONCAT content
    "// Generated from schema/*.sql by lib/cmake/embed_sql.cmake.\n"
    "#include \"sql/migrations.hpp\"\n\n"
    "#include <array>\n\n"
    "namespace postmoney::detail {\n\n"
    "namespace {\n\n"
    "${arrays}"
    "constexpr std::array<Migration, ${version}> all = {{\n${rows}}};\n\n"
    "}  // namespace\n\n"
    "std::span<const Migration> migrations() noexcept { return all; }\n\n"
    "}  // namespace postmoney::detail\n")
file(WRITE "${OUTPUT}" "${content}")
