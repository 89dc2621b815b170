# What `cmake --install` puts where.
#
#   include/cartwright/{abi,driver}/     for vendors: header-only, needs nothing else
#   include/cartwright/*.hpp, lib/libcartwright.so.N   for retailers
#   lib/cartwright/plugins/              drivers and plugins, each with its manifest
#   bin/cartwright                       the command
#   libexec/cartwright/                  the plugin host (sdk/plugin_host)
#   lib/cmake/Cartwright/, lib/pkgconfig/
#
# Vendor's and retailer's targets are exported apart, so that the vendor's part is whole where the
# library is not installed.

include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Cartwright)
set(package_stage ${PROJECT_BINARY_DIR}/package)

# The vendor's part.
install(TARGETS cartwright_abi EXPORT CartwrightDriverTargets)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/sdk/abi/include/cartwright/
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/cartwright COMPONENT driver FILES_MATCHING PATTERN *.h)
if(TARGET cartwright_driver)
  install(TARGETS cartwright_driver EXPORT CartwrightDriverTargets)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/sdk/driver/include/cartwright/
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/cartwright COMPONENT driver
          FILES_MATCHING PATTERN *.hpp)
endif()
install(EXPORT CartwrightDriverTargets NAMESPACE Cartwright:: DESTINATION ${package_dir}
        COMPONENT driver)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/CartwrightDriver.cmake
              ${PROJECT_SOURCE_DIR}/cmake/CartwrightDriver.map
              ${PROJECT_SOURCE_DIR}/cmake/CartwrightNote.in
        DESTINATION ${package_dir} COMPONENT driver)

# The retailer's part.
if(TARGET cartwright_cart_shared)
  # What templates of the standard library leave behind is not the Cart API.
  set(exports ${PROJECT_SOURCE_DIR}/cmake/CartwrightCart.map)
  target_link_options(cartwright_cart_shared PRIVATE LINKER:--version-script=${exports})
  set_property(TARGET cartwright_cart_shared APPEND PROPERTY LINK_DEPENDS ${exports})
  install(TARGETS cartwright_cart_shared EXPORT CartwrightCartTargets
          LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT cart)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/sdk/cart/include/cartwright/
                    ${PROJECT_SOURCE_DIR}/sdk/base/include/cartwright/
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/cartwright COMPONENT cart
          FILES_MATCHING PATTERN *.hpp)
  install(EXPORT CartwrightCartTargets NAMESPACE Cartwright:: DESTINATION ${package_dir}
          COMPONENT cart)
endif()

# What runs on the cart: the command and the plugins; the plugin host's room installs itself.
if(TARGET cartwright)
  install(TARGETS cartwright RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
endif()
get_property(plugins GLOBAL PROPERTY CARTWRIGHT_PLUGINS)
foreach(plugin ${plugins})
  get_target_property(folder ${plugin} SOURCE_DIR)
  cmake_path(IS_PREFIX PROJECT_SOURCE_DIR ${folder} inside)
  cmake_path(RELATIVE_PATH folder BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE folder)
  if(inside AND folder MATCHES "^(drivers|plugins)/")
    get_target_property(manifest ${plugin} CARTWRIGHT_MANIFEST)
    set(where ${CMAKE_INSTALL_LIBDIR}/cartwright/plugins)
    install(TARGETS ${plugin} LIBRARY DESTINATION ${where} COMPONENT runtime)
    install(FILES ${manifest} DESTINATION ${where} RENAME ${plugin}.json COMPONENT runtime)
  endif()
endforeach()

# How others find it. Before 1.0 a minor release may change what was.
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/CartwrightConfig.cmake.in
                              ${package_stage}/CartwrightConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${package_stage}/CartwrightConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${package_stage}/CartwrightConfig.cmake ${package_stage}/CartwrightConfigVersion.cmake
        DESTINATION ${package_dir} COMPONENT driver)

# pkg-config files stand two folders above LIBDIR's prefix and move with it.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
           BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig OUTPUT_VARIABLE pc_to_prefix)
foreach(part driver cart)
  if(part STREQUAL "driver" OR TARGET cartwright_cart_shared)
    configure_file(${PROJECT_SOURCE_DIR}/cmake/cartwright-${part}.pc.in
                   ${package_stage}/cartwright-${part}.pc @ONLY)
    install(FILES ${package_stage}/cartwright-${part}.pc
            DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT ${part})
  endif()
endforeach()
