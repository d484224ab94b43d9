# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later

# sb_add_translations(target libs...): the .ts files compiled into the target as :/i18n/signalbox_*.qm.
# `cmake --build … --target update_translations` refreshes them from the sources of those libraries.
#
# English is the language of the sources, so its file holds the plural forms only; lupdate says that per call, not per
# file, which is why qt_add_translations (one call for all files) does not fit.
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
  list(JOIN sources "\n" lines)
  file(WRITE ${CMAKE_BINARY_DIR}/translations/sources.lst "${lines}\n") # tests/architecture reads it too

  set(german ${PROJECT_SOURCE_DIR}/translations/signalbox_de.ts)
  set(english ${PROJECT_SOURCE_DIR}/translations/signalbox_en.ts)
  set(lupdate Qt6::lupdate @${CMAKE_BINARY_DIR}/translations/sources.lst
      -I ${PROJECT_SOURCE_DIR}/ui -I ${PROJECT_SOURCE_DIR}/app -no-obsolete -locations none)
  add_custom_target(update_translations
    COMMAND ${lupdate} -ts ${german}
    COMMAND ${lupdate} -pluralonly -ts ${english}
    VERBATIM)
  qt_add_lrelease(${target} TS_FILES ${german} ${english} QM_FILES_OUTPUT_VARIABLE compiled)
  qt_add_resources(${target} translations PREFIX /i18n BASE ${CMAKE_CURRENT_BINARY_DIR} FILES ${compiled})
endfunction()
