# CMake's FindSQLite3 gives SQLite::SQLite3, newer versions SQLite3::SQLite3. This supplies the missing one, because we
# and the packages that we link may each ask for either.
if(TARGET SQLite::SQLite3 AND NOT TARGET SQLite3::SQLite3)
    add_library(SQLite3::SQLite3 INTERFACE IMPORTED)
    set_property(TARGET SQLite3::SQLite3 PROPERTY INTERFACE_LINK_LIBRARIES SQLite::SQLite3)
elseif(TARGET SQLite3::SQLite3 AND NOT TARGET SQLite::SQLite3)
    add_library(SQLite::SQLite3 INTERFACE IMPORTED)
    set_property(TARGET SQLite::SQLite3 PROPERTY INTERFACE_LINK_LIBRARIES SQLite3::SQLite3)
endif()
