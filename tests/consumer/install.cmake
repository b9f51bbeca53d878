# Installs BUILD_DIR to FIRST_PREFIX, moves that to PREFIX, and checks that nothing in it names the first prefix.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE "${FIRST_PREFIX}" "${PREFIX}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD_DIR}" --config "${CONFIG}" --prefix "${FIRST_PREFIX}"
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${FIRST_PREFIX}" "${PREFIX}")

file(GLOB_RECURSE package_files "${PREFIX}/*.cmake" "${PREFIX}/*.pc")
if(NOT package_files)
    message(FATAL_ERROR "no package files were installed")
endif()
foreach(file IN LISTS package_files)
    file(READ "${file}" text)
    foreach(path IN ITEMS "${FIRST_PREFIX}" "${BUILD_DIR}")
        string(FIND "${text}" "${path}" place)
        if(NOT place EQUAL -1)
            message(FATAL_ERROR "${file} holds the path ${path}")
        endif()
    endforeach()
endforeach()

foreach(name IN ITEMS LICENSE FACTS.md SCHEMA.md)
    file(GLOB_RECURSE document "${PREFIX}/*/doc/*/${name}")
    if(NOT document)
        message(FATAL_ERROR "${name} was not installed")
    endif()
endforeach()
