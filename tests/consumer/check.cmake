# Runs the consumer built in BUILD_DIR, and checks that it was compiled without our warning flags.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND "${BUILD_DIR}/consumer" COMMAND_ERROR_IS_FATAL ANY)

file(READ "${BUILD_DIR}/compile_commands.json" commands)
# CMake itself asks for this one where the consumer precompiles a header.
string(REPLACE " -Winvalid-pch " " " commands "${commands}")
if(commands MATCHES "\"command\"[^\n]* -W[^\n]*")
    message(FATAL_ERROR "a warning flag of ours reached a consumer: ${CMAKE_MATCH_0}")
endif()
