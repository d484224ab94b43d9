# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later

# sb_add_translations(target libs...): English (for plural forms) and German .ts files, compiled into the target.
# `cmake --build … --target update_translations` refreshes the .ts files from the sources of those libraries.
function(sb_add_translations target)
  set(sources)
  foreach(library ${ARGN})
    get_target_property(listed ${library} SOURCES)
    get_target_property(folder ${library} SOURCE_DIR)
    foreach(source ${listed})
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${folder} NORMALIZE)
      if(source MATCHES "\\.(cpp|h)$")
        list(APPEND sources ${source})
      endif()
    endforeach()
  endforeach()
  qt_add_translations(${target}
    TS_FILES ${PROJECT_SOURCE_DIR}/translations/signalbox_en.ts ${PROJECT_SOURCE_DIR}/translations/signalbox_de.ts
    SOURCES ${sources}
    RESOURCE_PREFIX /i18n
    LUPDATE_OPTIONS -no-obsolete -locations none)
endfunction()
