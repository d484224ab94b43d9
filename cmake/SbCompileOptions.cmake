# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every target links sb_compile_options; targets that use Qt also link sb_qt_options.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(sb_compile_options INTERFACE)
target_compile_features(sb_compile_options INTERFACE cxx_std_20)
target_compile_options(sb_compile_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Woverloaded-virtual -Wformat=2
  -Werror=format-security -fstack-protector-strong -fcf-protection=full
  $<$<BOOL:${SB_WERROR}>:-Werror>)
target_compile_definitions(sb_compile_options INTERFACE
  _GLIBCXX_ASSERTIONS
  $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=3>)
target_link_options(sb_compile_options INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)

if(SB_SANITIZE STREQUAL "address")
  target_compile_options(sb_compile_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(sb_compile_options INTERFACE -fsanitize=address,undefined)
elseif(SB_SANITIZE STREQUAL "thread")
  # -Wno-tsan: the standard library's fences are not modelled; no code of ours relies on one.
  target_compile_options(sb_compile_options INTERFACE -fsanitize=thread -fno-omit-frame-pointer -Wno-tsan)
  target_link_options(sb_compile_options INTERFACE -fsanitize=thread)
endif()

add_library(sb_qt_options INTERFACE)
target_compile_definitions(sb_qt_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_KEYWORDS QT_NO_FOREACH QT_DISABLE_DEPRECATED_BEFORE=0x060400)
