# One library a folder, its sources listed, its links explicit: a missing arrow fails to link or to include.
include(GoogleTest)

# The one precompiled header: standard library, Asio's awaitable and nothing of ours.
add_library(headgate_pch OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
target_precompile_headers(headgate_pch PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch.hpp)
target_link_libraries(headgate_pch PRIVATE Threads::Threads)

# headgate_room(name SOURCES a.cpp ... LINKS other_room library ...)
# A room includes its headers from the root of the tree: #include "base/result.hpp".
function(headgate_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${ROOM_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ROOM_LINKS} Threads::Threads PRIVATE ${ROOM_PRIVATE_LINKS})
  target_precompile_headers(${name} REUSE_FROM headgate_pch)
endfunction()

# headgate_test(name SOURCES a_test.cpp ... LINKS room ...)  -> an executable whose cases ctest lists one by one.
function(headgate_test name)
  cmake_parse_arguments(TEST "" "LABEL" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${TEST_LINKS} GTest::gtest_main GTest::gmock)
  target_precompile_headers(${name} REUSE_FROM headgate_pch)
  if(NOT TEST_LABEL)
    set(TEST_LABEL unit)
  endif()
  target_compile_definitions(${name} PRIVATE HEADGATE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                             HEADGATE_BINARY_DIR="${CMAKE_BINARY_DIR}")
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                       PROPERTIES LABELS ${TEST_LABEL} TIMEOUT 300)
endfunction()
