# Compiler flags that hold for every room: warnings are errors, and a sanitizer is chosen by preset.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these falsely inside libstdc++ and Boost once the optimiser has inlined them.
  add_compile_options(-Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-restrict
                      -Wno-dangling-pointer)
endif()
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE SPDLOG_SHARED_LIB
                        SPDLOG_COMPILED_LIB SPDLOG_FMT_EXTERNAL)

set(HEADGATE_SANITIZE "" CACHE STRING "address (with undefined) or thread")
if(HEADGATE_SANITIZE STREQUAL "address")
  # vptr: it probes memory through a pipe, and finds fault where no descriptor is left.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(HEADGATE_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer -Wno-tsan)
  add_link_options(-fsanitize=thread)
endif()
if(HEADGATE_FUZZ)
  add_compile_options(-fno-sanitize=function)    # Clang 14 can't assemble a coroutine with it
  add_compile_options(-fsanitize=fuzzer-no-link) # every room counts its branches; the targets bring libFuzzer's main
endif()

# And these of coroutine frames and string_view, once they are inlined; apart, so that quick builds keep their flags.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND (HEADGATE_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Release"))
  add_compile_options(-Wno-mismatched-new-delete -Wno-stringop-overread)
endif()

find_program(HEADGATE_CCACHE ccache)
if(HEADGATE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${HEADGATE_CCACHE})
  if(NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
    add_compile_options(-fpch-preprocess)
  endif()
endif()

find_program(HEADGATE_MOLD mold)
if(HEADGATE_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
