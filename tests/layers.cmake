# Checks who includes whom, on the text of the sources. Reports every breach, then fails.
#   cmake -D SOURCE_DIR=. -D CORE_HEADERS=a,b -D STORE_HEADERS=c -P layers.cmake
cmake_minimum_required(VERSION 3.25)

set(breaches 0)
function(breach text)
    message(NOTICE "${text}")
    math(EXPR breaches "${breaches} + 1")
    set(breaches ${breaches} PARENT_SCOPE)
endfunction()

# What FILE includes, each as `<name>` or `"name"`.
function(includes_of file result)
    file(STRINGS "${file}" lines REGEX "^[ \t]*#[ \t]*include")
    list(TRANSFORM lines REPLACE "^[ \t]*#[ \t]*include[ \t]*(<[^>]*>|\"[^\"]*\").*$" "\\1")
    set(${result} "${lines}" PARENT_SCOPE)
endfunction()

# A list of absolute, comma-separated headers as sorted names below include/postmoney.
function(names_of headers result)
    string(REPLACE "," ";" names "${headers}")
    list(TRANSFORM names REPLACE "^${SOURCE_DIR}/include/postmoney/" "")
    list(SORT names)
    set(${result} "${names}" PARENT_SCOPE)
endfunction()

set(include_dir "${SOURCE_DIR}/include/postmoney")
file(GLOB_RECURSE present RELATIVE "${include_dir}" "${include_dir}/*")
list(SORT present)
file(STRINGS "${SOURCE_DIR}/tests/layers.txt" layers REGEX "^[^#]")
names_of("${CORE_HEADERS}" core)
names_of("${STORE_HEADERS}" store)

#--- Every header is listed: where it is built and in which layer ---

foreach(header IN LISTS present)
    if(NOT header IN_LIST core AND NOT header IN_LIST store)
        breach("include/postmoney/${header}: in neither core_headers nor store_headers of lib/CMakeLists.txt")
    endif()
    if(NOT header IN_LIST layers)
        breach("include/postmoney/${header}: has no line in tests/layers.txt")
    endif()
endforeach()
set(seen "")
foreach(header IN LISTS layers)
    if(header IN_LIST seen)
        breach("tests/layers.txt: ${header} stands there twice")
    elseif(NOT header IN_LIST present)
        breach("tests/layers.txt: there is no include/postmoney/${header}")
    endif()
    list(APPEND seen "${header}")
endforeach()

#--- A public header includes lower layers, the standard library, Boost and date; nothing else ---

# postmoney/fmt.hpp is optional: whoever includes it has fmt.
set(optional_fmt.hpp "^<fmt/")

foreach(header IN LISTS present)
    includes_of("${include_dir}/${header}" included)
    list(FIND layers "${header}" own_layer)
    foreach(item IN LISTS included)
        if(item MATCHES "^<[a-z_]+>$" OR item MATCHES "^<(boost|date)/")
            continue()
        endif()
        if(DEFINED optional_${header} AND item MATCHES "${optional_${header}}")
            continue()
        endif()
        if(NOT item MATCHES "^[<\"]postmoney/(.+)[>\"]$")
            breach("include/postmoney/${header}: includes ${item}, expected the standard library, boost/, date/ or postmoney/")
            continue()
        endif()
        set(other "${CMAKE_MATCH_1}")
        list(FIND layers "${other}" other_layer)
        if(other_layer LESS 0 OR NOT other_layer LESS own_layer)
            breach("include/postmoney/${header}: includes ${item}, which does not stand before it in tests/layers.txt")
        endif()
        if(header IN_LIST core AND other IN_LIST store)
            breach("include/postmoney/${header}: is part of core, yet includes ${item} of the store")
        endif()
    endforeach()
endforeach()

#--- The library knows neither examples nor tests; the examples know only what is public ---

file(GLOB_RECURSE library "${SOURCE_DIR}/lib/*.cpp" "${SOURCE_DIR}/lib/*.hpp")
foreach(file IN LISTS library)
    includes_of("${file}" included)
    foreach(item IN LISTS included)
        if(item MATCHES "(examples|tests)/|^<(CLI|doctest|rapidcheck)")
            breach("${file}: includes ${item}, which is above the library")
        endif()
    endforeach()
endforeach()

file(GLOB_RECURSE programs "${SOURCE_DIR}/examples/*.cpp" "${SOURCE_DIR}/examples/*.hpp")
foreach(file IN LISTS programs)
    includes_of("${file}" included)
    foreach(item IN LISTS included)
        if(item MATCHES "sqlite3|SQLiteCpp|lib/|postmoney/detail/")
            breach("${file}: includes ${item}, which is private to the library")
        endif()
    endforeach()
endforeach()

if(breaches GREATER 0)
    message(FATAL_ERROR "${breaches} breaches of the layering")
endif()
