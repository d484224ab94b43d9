# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Two Debian packages: signalboxctl without Widgets, signalbox on top of it.
include(GNUInstallDirs)
set(linux ${PROJECT_SOURCE_DIR}/installer/linux)

# Compressed without a time stamp, so that two builds are equal byte by byte.
function(sb_install_gzipped source name destination component)
  set(target ${CMAKE_BINARY_DIR}/installer/${component}/${name}.gz)
  cmake_path(GET target PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  execute_process(COMMAND gzip -9nc ${source} OUTPUT_FILE ${target} COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${target} DESTINATION ${destination} COMPONENT ${component})
endfunction()

# The drawing, its one-colour form, and pictures of the sizes that desktops ask for when they do not draw.
function(sb_install_icons name component)
  set(theme ${CMAKE_INSTALL_DATADIR}/icons/hicolor)
  set(drawings ${PROJECT_SOURCE_DIR}/resources/icons)
  install(FILES ${drawings}/${name}.svg DESTINATION ${theme}/scalable/apps COMPONENT ${component})
  install(FILES ${drawings}/${name}-symbolic.svg DESTINATION ${theme}/symbolic/apps COMPONENT ${component})
  add_executable(render_icon ${linux}/render_icon.cpp)
  target_link_libraries(render_icon PRIVATE Qt6::Svg sb_compile_options sb_qt_options)
  set(pictures)
  foreach(size 128 256)
    set(picture ${CMAKE_BINARY_DIR}/installer/${component}/${size}/${name}.png)
    cmake_path(GET picture PARENT_PATH folder)
    file(MAKE_DIRECTORY ${folder})
    add_custom_command(OUTPUT ${picture} COMMAND render_icon ${drawings}/${name}.svg ${size} ${picture}
                       DEPENDS render_icon ${drawings}/${name}.svg VERBATIM)
    install(FILES ${picture} DESTINATION ${theme}/${size}x${size}/apps COMPONENT ${component})
    list(APPEND pictures ${picture})
  endforeach()
  add_custom_target(icons ALL DEPENDS ${pictures})
endfunction()

if(TARGET signalboxctl)
  install(TARGETS signalboxctl RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT signalboxctl)
  install(FILES ${linux}/signalbox-gateway.service DESTINATION lib/systemd/user COMPONENT signalboxctl)
  sb_install_gzipped(${linux}/man/signalboxctl.1 signalboxctl.1 ${CMAKE_INSTALL_MANDIR}/man1 signalboxctl)
  sb_install_gzipped(${linux}/changelog changelog ${CMAKE_INSTALL_DATADIR}/doc/signalboxctl signalboxctl)
  install(FILES ${linux}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/signalboxctl COMPONENT signalboxctl)
endif()
if(TARGET signalbox)
  install(TARGETS signalbox RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT signalbox)
  install(FILES ${linux}/io.signalbox.Signalbox.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT signalbox)
  install(FILES ${linux}/io.signalbox.Signalbox.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT signalbox)
  sb_install_icons(io.signalbox.Signalbox signalbox)
  sb_install_gzipped(${linux}/man/signalbox.1 signalbox.1 ${CMAKE_INSTALL_MANDIR}/man1 signalbox)
  sb_install_gzipped(${linux}/changelog changelog ${CMAKE_INSTALL_DATADIR}/doc/signalbox signalbox)
  install(FILES ${linux}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/signalbox COMPONENT signalbox)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL signalboxctl signalbox)
set(CPACK_PACKAGE_NAME signalbox)
set(CPACK_PACKAGE_VENDOR "The Signalbox authors")
set(CPACK_PACKAGE_CONTACT "The Signalbox authors <maintainers@signalbox.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_SIGNALBOXCTL_PACKAGE_NAME signalboxctl)
set(CPACK_DEBIAN_SIGNALBOX_PACKAGE_NAME signalbox)
# dpkg-shlibdeps does not see plugins, which are opened at run time.
set(CPACK_DEBIAN_SIGNALBOXCTL_PACKAGE_DEPENDS "libqt6sql6-sqlite, libqt6sql6-psql")
set(CPACK_DEBIAN_SIGNALBOXCTL_PACKAGE_RECOMMENDS "gnome-keyring | kwalletmanager")
set(CPACK_DEBIAN_SIGNALBOX_PACKAGE_DEPENDS "signalboxctl (= ${PROJECT_VERSION}), libqt6svg6")
set(CPACK_DEBIAN_SIGNALBOX_PACKAGE_RECOMMENDS "qt6-wayland, qt6-translations-l10n, gnome-keyring | kwalletmanager")
# A description's first line is the package's synopsis; CPack would put one summary before both.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_COMPONENT_SIGNALBOXCTL_DESCRIPTION "AI gateway and command line of Signalbox
Runs the gateway without a screen, applies configuration files, issues keys
and fills or checks the database. Talks to OpenAI, Azure OpenAI, Anthropic,
Mistral and AWS Bedrock; keeps exact token limits and records every request.")
set(CPACK_COMPONENT_SIGNALBOX_DESCRIPTION "manage GenAI services, with an AI gateway inside
Desktop application to register services of OpenAI, Azure OpenAI, Anthropic,
Mistral and AWS Bedrock, to give each environment its own key and token
limits, to watch cost, tokens and latency, and to try prompts. Provider keys
stay in the system keychain.")
include(CPack)
