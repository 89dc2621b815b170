# How every target of this tree is built, and how a room of sdk/ is made.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 99)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
# g++ 12 sees overlapping copies in the library's own "text" + std::string when it inlines (GCC bug
# 105651, fixed in 13), and copies of "between 33 and 9 E bytes" from the 32 that a small_vector holds
# in itself (it does not see that such a list is no longer than that).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options($<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CONFIG:Release,RelWithDebInfo>>:-Wno-restrict$<SEMICOLON>-Wno-stringop-overread>)
endif()
add_link_options(-Wl,--no-undefined-version)
if(CARTWRIGHT_SANITIZE)
  add_compile_options(-fsanitize=${CARTWRIGHT_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CARTWRIGHT_SANITIZE})
  # Asio's fences are of no use to ThreadSanitizer, which g++ says at each of them; and its
  # instrumentation makes g++ 12 take every std::optional for one that was never written.
  if(CARTWRIGHT_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-tsan> -Wno-maybe-uninitialized)
  endif()
endif()

if(CARTWRIGHT_BUILD_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# cartwright_room(NAME DEPS target...): a room of sdk/ is one static library made of every .cpp in
# its folder. Rooms include each other as "room/file.hpp"; the arrows check says which may.
function(cartwright_room name)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(NOT sources)
    return() # a room that so far has headers alone
  endif()
  add_library(cartwright_${name} STATIC ${sources})
  target_include_directories(cartwright_${name} PUBLIC ${PROJECT_SOURCE_DIR}/sdk)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/include)
    target_include_directories(cartwright_${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/include)
  endif()
  target_link_libraries(cartwright_${name} PUBLIC ${ARG_DEPS})
endfunction()
