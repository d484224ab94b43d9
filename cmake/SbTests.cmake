# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Every test runs hermetically: private home, UTC, C locale, offscreen windows, no proxy.
set(SB_TEST_ENVIRONMENT
  "TZ=UTC" "LC_ALL=C.UTF-8" "QT_QPA_PLATFORM=offscreen" "QT_LOGGING_RULES=qt.qpa.*=false"
  "DATABASE_URL=" "REDIS_URL=" "NO_PROXY=*" "HOME=${CMAKE_BINARY_DIR}/test-home"
  "XDG_DATA_HOME=${CMAKE_BINARY_DIR}/test-home/data" "XDG_CONFIG_HOME=${CMAKE_BINARY_DIR}/test-home/config"
  "XDG_CACHE_HOME=${CMAKE_BINARY_DIR}/test-home/cache")

function(sb_register_test name label timeout)
  add_test(NAME ${name} COMMAND ${ARGN})
  set_tests_properties(${name} PROPERTIES LABELS "${label}" TIMEOUT ${timeout}
    ENVIRONMENT "${SB_TEST_ENVIRONMENT}" SKIP_RETURN_CODE 77)
endfunction()

# sb_add_test(tst_name LABEL unit [QT] [TIMEOUT s] [SOURCES files...] LIBS libs...)
#
# Without QT a GoogleTest program (several tst_Class.cpp files may share one), with QT a Qt Test program of one file,
# tst_name.cpp unless SOURCES says otherwise.
function(sb_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "QT" "LABEL;TIMEOUT" "SOURCES;LIBS")
  if(NOT arg_SOURCES)
    set(arg_SOURCES ${name}.cpp)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${arg_LIBS} sb_compile_options)
  target_compile_definitions(${name} PRIVATE SB_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SB_BINARY_DIR="${CMAKE_BINARY_DIR}")
  if(arg_QT)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE sb_qt_options Qt6::Test)
  else()
    target_link_libraries(${name} PRIVATE GTest::gmock GTest::gtest_main)
  endif()
  sb_register_test(${name} "${arg_LABEL}" ${arg_TIMEOUT} ${name})
endfunction()
