# SPDX-License-Identifier: MIT
# Installs into an empty folder and uses what is there, away from the build: the program, the
# questionnaires in it, its manual.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${SCRATCH}")

function(run out)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE errors)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}: status ${status}\n${text}\n${errors}")
  endif()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

run(ignored ${CMAKE_COMMAND} --install "${BUILD}" --prefix "${SCRATCH}/usr")
file(GLOB pages RELATIVE "${CMAKE_CURRENT_LIST_DIR}/../../man" "${CMAKE_CURRENT_LIST_DIR}/../../man/*.[15]")
list(TRANSFORM pages REPLACE "^(.*)([15])$" "share/man/man\\2/\\1\\2")
foreach(file bin/attune ${pages})
  if(NOT EXISTS "${SCRATCH}/usr/${file}")
    message(SEND_ERROR "${file} is not installed")
  endif()
endforeach()

run(names env -i "HOME=${SCRATCH}" "${SCRATCH}/usr/bin/attune" list --format json)
if(NOT names MATCHES "\"closeness\"" OR NOT names MATCHES "\"ecr-r\"")
  message(SEND_ERROR "the installed program does not find its questionnaires: ${names}")
endif()
file(GLOB unexpected "${SCRATCH}/usr/include" "${SCRATCH}/usr/lib*")
if(unexpected)
  message(SEND_ERROR "more is installed than the program: ${unexpected}")
endif()
