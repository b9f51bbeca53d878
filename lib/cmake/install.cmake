# Installs the targets, their headers, the CMake package and the pkg-config files. Nothing installed holds an absolute
# path of ours, so the prefix can be moved.
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/postmoney")
install(TARGETS postmoney_core EXPORT postmoney-core-targets FILE_SET HEADERS FILE_SET definitions)
install(EXPORT postmoney-core-targets NAMESPACE postmoney:: DESTINATION "${package_dir}")

# The consumer of a static library links its private libraries too; that of a shared one does not.
set(postmoney_library_type NONE)
if(TARGET postmoney)
    get_target_property(postmoney_library_type postmoney TYPE)
    install(TARGETS postmoney EXPORT postmoney-targets FILE_SET HEADERS)
    install(TARGETS postmoney_sql LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/postmoney")
    install(FILES "${PROJECT_SOURCE_DIR}/schema/as_of.sql" DESTINATION "${CMAKE_INSTALL_DATADIR}/postmoney")
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/schema/queries" DESTINATION "${CMAKE_INSTALL_DATADIR}/postmoney")
    install(EXPORT postmoney-targets NAMESPACE postmoney:: DESTINATION "${package_dir}")
    install(FILES
        "${CMAKE_CURRENT_LIST_DIR}/Findlibcsv.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/Findutf8proc.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/postmoney-sqlite-names.cmake"
        DESTINATION "${package_dir}")
endif()

# The licence, and the manuals of what is in a ledger.
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/schema/FACTS.md" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES "${PROJECT_SOURCE_DIR}/schema/README.md" DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME SCHEMA.md)

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/postmoney-config.cmake.in" postmoney-config.cmake
    INSTALL_DESTINATION "${package_dir}"
    NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(postmoney-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
    "${CMAKE_CURRENT_BINARY_DIR}/postmoney-config.cmake"
    "${CMAKE_CURRENT_BINARY_DIR}/postmoney-config-version.cmake"
    DESTINATION "${package_dir}")

#--- pkg-config ---

# A folder below the prefix is written relative to the .pc file; an absolute one stays as given.
function(postmoney_pc_folder folder result)
    if(IS_ABSOLUTE "${folder}")
        set(${result} "${folder}" PARENT_SCOPE)
    else()
        set(${result} "\${prefix}/${folder}" PARENT_SCOPE)
    endif()
endfunction()

set(pc_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
if(IS_ABSOLUTE "${pc_dir}")
    set(pc_prefix "${CMAKE_INSTALL_PREFIX}")
else()
    file(RELATIVE_PATH pc_to_prefix "/${pc_dir}" "/")
    string(REGEX REPLACE "/$" "" pc_prefix "\${pcfiledir}/${pc_to_prefix}")
endif()
postmoney_pc_folder("${CMAKE_INSTALL_LIBDIR}" pc_libdir)
postmoney_pc_folder("${CMAKE_INSTALL_INCLUDEDIR}" pc_includedir)

# date's settings change inline functions, so every translation unit must have the same settings.
get_target_property(date_definitions date::date INTERFACE_COMPILE_DEFINITIONS)
set(pc_core_definitions "")
foreach(definition IN LISTS date_definitions)
    if(definition)
        string(APPEND pc_core_definitions " -D${definition}")
    endif()
endforeach()

set(pc_requires "sqlite3, libcrypto, simdjson, libutf8proc, pugixml, libarchive")
set(pc_libs "-lSQLiteCpp -lcsv -pthread -ldl")
if(postmoney_library_type STREQUAL "STATIC_LIBRARY")
    set(pc_public_requires ", ${pc_requires}")
    set(pc_public_libs " ${pc_libs}")
    set(pc_private_requires "")
    set(pc_private_libs "")
else()
    set(pc_public_requires "")
    set(pc_public_libs "")
    set(pc_private_requires "${pc_requires}")
    set(pc_private_libs "${pc_libs}")
endif()

set(pc_files postmoney-core.pc)
if(TARGET postmoney)
    list(APPEND pc_files postmoney.pc)
endif()
foreach(pc_file IN LISTS pc_files)
    configure_file("${CMAKE_CURRENT_LIST_DIR}/${pc_file}.in" ${pc_file} @ONLY)
    install(FILES "${CMAKE_CURRENT_BINARY_DIR}/${pc_file}" DESTINATION "${pc_dir}")
endforeach()
