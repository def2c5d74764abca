# SPDX-License-Identifier: MIT
# Runs one command-line case and compares what it did with what the case's folder says.
#
#   cmd      the shell line; `attune` is the program under test
#   stdin    what it reads (nothing at all when absent)
#   setup/   copied into the home directory where it runs, which otherwise holds only what is in tests/cli/common
#   stdout, stderr   exactly these bytes (nothing when absent)
#   status   the exit status (0 when absent)
#   files/   files that must exist afterwards with exactly this content
#
# UPDATE_GOLDEN=1 in the environment rewrites stdout, stderr and status; read the difference before you commit it.
cmake_minimum_required(VERSION 3.25)

if(DEFINED ENV{ATTUNE_SCRATCH})  # ./dev test has it in memory, where no disk has to be waited for
  set(SCRATCH "$ENV{ATTUNE_SCRATCH}/cli")
endif()
set(home "${SCRATCH}/${NAME}")
file(REMOVE_RECURSE "${home}")
file(MAKE_DIRECTORY "${home}")
get_filename_component(common "${CASE}/../../common" ABSOLUTE)
file(COPY "${common}/" DESTINATION "${home}")
if(IS_DIRECTORY "${CASE}/setup")
  file(COPY "${CASE}/setup/" DESTINATION "${home}")
endif()
set(input "/dev/null")
if(EXISTS "${CASE}/stdin")
  set(input "${CASE}/stdin")
endif()
file(READ "${CASE}/cmd" line)
get_filename_component(directory "${ATTUNE}" DIRECTORY)

execute_process(
  COMMAND /usr/bin/env -i "PATH=${directory}:/usr/bin:/bin" "HOME=${home}" TZ=UTC LC_ALL=C.UTF-8 COLUMNS=80
          ATTUNE_NOW=2026-11-24T09:14:00+01:00 ATTUNE_SEED=1 /bin/sh -c "${line}"
  WORKING_DIRECTORY "${home}"
  INPUT_FILE "${input}"
  OUTPUT_FILE "${home}/.stdout"
  ERROR_FILE "${home}/.stderr"
  RESULT_VARIABLE status)

function(expected name default out)
  set(text "${default}")
  if(EXISTS "${CASE}/${name}")
    file(READ "${CASE}/${name}" text)
  endif()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(update name text default)
  if("${text}" STREQUAL "${default}")
    file(REMOVE "${CASE}/${name}")
  else()
    file(WRITE "${CASE}/${name}" "${text}")
  endif()
endfunction()

file(READ "${home}/.stdout" out)
file(READ "${home}/.stderr" err)
string(REPLACE "${home}" "~" out "${out}")
string(REPLACE "${home}" "~" err "${err}")
if("$ENV{UPDATE_GOLDEN}")
  update(stdout "${out}" "")
  update(stderr "${err}" "")
  update(status "${status}\n" "0\n")
  return()
endif()

expected(stdout "" wanted_out)
expected(stderr "" wanted_err)
expected(status "0\n" wanted_status)
if(NOT "${status}\n" STREQUAL "${wanted_status}")
  message(SEND_ERROR "status ${status}, expected ${wanted_status}${err}")
endif()
if(NOT "${out}" STREQUAL "${wanted_out}")
  message(SEND_ERROR "standard output differs; got\n${out}\nexpected\n${wanted_out}")
endif()
if(NOT "${err}" STREQUAL "${wanted_err}")
  message(SEND_ERROR "standard error differs; got\n${err}\nexpected\n${wanted_err}")
endif()
if(IS_DIRECTORY "${CASE}/files")
  file(GLOB_RECURSE files RELATIVE "${CASE}/files" "${CASE}/files/*")
  foreach(file IN LISTS files)
    execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files "${CASE}/files/${file}" "${home}/${file}" RESULT_VARIABLE differs)
    if(differs)
      message(SEND_ERROR "${file} differs or is missing")
    endif()
  endforeach()
endif()
