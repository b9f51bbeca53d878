# CMake's FindSQLite3 gives SQLite::SQLite3, newer ones SQLite3::SQLite3. Supplies whichever is missing, since we and
# the packages we link may each ask for the other.
if(TARGET SQLite::SQLite3 AND NOT TARGET SQLite3::SQLite3)
    add_library(SQLite3::SQLite3 INTERFACE IMPORTED)
    set_property(TARGET SQLite3::SQLite3 PROPERTY INTERFACE_LINK_LIBRARIES SQLite::SQLite3)
elseif(TARGET SQLite3::SQLite3 AND NOT TARGET SQLite::SQLite3)
    add_library(SQLite::SQLite3 INTERFACE IMPORTED)
    set_property(TARGET SQLite::SQLite3 PROPERTY INTERFACE_LINK_LIBRARIES SQLite3::SQLite3)
endif()
