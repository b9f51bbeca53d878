# Runs the consumer built in BUILD_DIR, and checks that it was compiled without our warning flags.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND "${BUILD_DIR}/consumer" COMMAND_ERROR_IS_FATAL ANY)

# CMake itself asks for -Winvalid-pch where the consumer precompiles a header.
file(STRINGS "${BUILD_DIR}/compile_commands.json" warnings REGEX "\"command\".* -W[^i]")
if(warnings)
    message(FATAL_ERROR "a warning flag of ours reached a consumer: ${warnings}")
endif()
