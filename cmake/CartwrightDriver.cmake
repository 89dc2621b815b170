# cartwright_add_driver(NAME SOURCES a.cpp... MANIFEST manifest.json [OWN] [INSTALL]): a plugin.
#
# Makes the module NAME.so that exports cw_plugin_entry_v1 and nothing else, with the manifest inside
# as an ELF note and beside it as NAME.json. Sources may be C (C99) or C++ (C++20) and find the
# manifest's id and version as the string macros CW_PLUGIN_ID and CW_PLUGIN_VERSION.
#
#   OWN      the plugin does its own I/O ("io": "own"); it may link libraries and have threads
#   INSTALL  `cmake --install` puts it where the runtime looks: LIBDIR/cartwright/plugins; the
#            variable CARTWRIGHT_INSTALL_DRIVERS says so for all
#
# In the build tree plugins stand in CARTWRIGHT_PLUGIN_OUTPUT_DIRECTORY, by default
# lib/cartwright/plugins: `cartwright plugins --plugin-dir build/lib/cartwright/plugins` lists them.

include_guard(GLOBAL)
set(CARTWRIGHT_DRIVER_TEMPLATES ${CMAKE_CURRENT_LIST_DIR})
if(NOT DEFINED CARTWRIGHT_PLUGIN_OUTPUT_DIRECTORY)
  set(CARTWRIGHT_PLUGIN_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/cartwright/plugins)
endif()

# The manifest's value of a key, or a configure error that names the file and the key.
function(_cartwright_manifest_value out manifest json key)
  string(JSON value ERROR_VARIABLE error GET "${json}" ${key})
  if(error)
    message(FATAL_ERROR "${manifest}: no \"${key}\": ${error}")
  endif()
  set(${out} "${value}" PARENT_SCOPE)
endfunction()

function(cartwright_add_driver name)
  cmake_parse_arguments(ARG "OWN;INSTALL" "MANIFEST" "SOURCES" ${ARGN})
  if(NOT ARG_SOURCES OR NOT ARG_MANIFEST OR ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "cartwright_add_driver(NAME SOURCES a.cpp... MANIFEST manifest.json [OWN] "
                        "[INSTALL]): wrong arguments for ${name}: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  cmake_path(ABSOLUTE_PATH ARG_MANIFEST BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE
             OUTPUT_VARIABLE manifest)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
  file(READ ${manifest} json)
  _cartwright_manifest_value(id ${manifest} "${json}" id)
  _cartwright_manifest_value(version ${manifest} "${json}" version)
  _cartwright_manifest_value(io ${manifest} "${json}" io)
  if(NOT id STREQUAL name)
    message(FATAL_ERROR "${manifest}: id \"${id}\" differs from the target's name ${name}")
  endif()
  if((ARG_OWN AND NOT io STREQUAL "own") OR (NOT ARG_OWN AND NOT io STREQUAL "pure"))
    message(FATAL_ERROR "${manifest}: io is \"${io}\"; say OWN in cartwright_add_driver(${name}) "
                        "for \"own\" and nothing for \"pure\"")
  endif()

  # The note is made in the language that the project has anyway.
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if("CXX" IN_LIST languages)
    set(note ${CMAKE_CURRENT_BINARY_DIR}/${name}.note.cpp)
  else()
    set(note ${CMAKE_CURRENT_BINARY_DIR}/${name}.note.c)
  endif()
  set(CARTWRIGHT_MANIFEST ${manifest})
  configure_file(${CARTWRIGHT_DRIVER_TEMPLATES}/CartwrightNote.in ${note} @ONLY)
  set_source_files_properties(${note} PROPERTIES OBJECT_DEPENDS ${manifest})

  add_library(${name} MODULE ${ARG_SOURCES} ${note})
  if("CXX" IN_LIST languages AND TARGET Cartwright::driver)
    target_link_libraries(${name} PRIVATE Cartwright::driver)
  else()
    target_link_libraries(${name} PRIVATE Cartwright::abi)
  endif()
  # Without the flag, unique symbols of inline variables would be shared between plugins.
  target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
  target_compile_definitions(${name} PRIVATE CW_PLUGIN_ID="${id}" CW_PLUGIN_VERSION="${version}")
  set(exports ${CARTWRIGHT_DRIVER_TEMPLATES}/CartwrightDriver.map)
  target_link_options(${name} PRIVATE LINKER:--version-script=${exports})
  set_target_properties(${name} PROPERTIES
    PREFIX "" SUFFIX ".so" LINK_DEPENDS ${exports}
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON LIBRARY_OUTPUT_DIRECTORY ${CARTWRIGHT_PLUGIN_OUTPUT_DIRECTORY})
  set(copy ${CARTWRIGHT_PLUGIN_OUTPUT_DIRECTORY}/${name}.json)
  add_custom_command(OUTPUT ${copy} DEPENDS ${manifest}
                     COMMAND ${CMAKE_COMMAND} -E copy ${manifest} ${copy} VERBATIM)
  add_custom_target(${name}_manifest ALL DEPENDS ${copy})
  add_dependencies(${name} ${name}_manifest)

  set_target_properties(${name} PROPERTIES CARTWRIGHT_MANIFEST ${manifest})
  set_property(GLOBAL APPEND PROPERTY CARTWRIGHT_PLUGINS ${name})
  if(ARG_INSTALL OR CARTWRIGHT_INSTALL_DRIVERS)
    include(GNUInstallDirs)
    set(where ${CMAKE_INSTALL_LIBDIR}/cartwright/plugins)
    install(TARGETS ${name} LIBRARY DESTINATION ${where} COMPONENT runtime)
    install(FILES ${manifest} DESTINATION ${where} RENAME ${name}.json COMPONENT runtime)
  endif()
endfunction()
