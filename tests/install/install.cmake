# SPDX-License-Identifier: MIT
# Installs into an empty folder and uses what is there, away from the build: the program and its manual.
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
file(GLOB pages RELATIVE "${CMAKE_CURRENT_LIST_DIR}/../../man" "${CMAKE_CURRENT_LIST_DIR}/../../man/*.[157]")
list(TRANSFORM pages REPLACE "^(.*)([157])$" "share/man/man\\2/\\1\\2")
set(completions share/bash-completion/completions/attune share/fish/vendor_completions.d/attune.fish
                share/zsh/site-functions/_attune)
foreach(file bin/attune ${completions} ${pages})
  if(NOT EXISTS "${SCRATCH}/usr/${file}")
    message(SEND_ERROR "${file} is not installed")
  endif()
endforeach()

# The one file is enough: its questionnaires are part of it.
file(COPY "${SCRATCH}/usr/bin/attune" DESTINATION "${SCRATCH}/alone")
run(names env -i "HOME=${SCRATCH}" "${SCRATCH}/alone/attune" list --format json)
if(NOT names MATCHES "\"closeness\"" OR NOT names MATCHES "\"ecr-r\"")
  message(SEND_ERROR "the program does not bring its questionnaires: ${names}")
endif()
foreach(name closeness ecr-r)
  file(GLOB_RECURSE definition "${CMAKE_CURRENT_LIST_DIR}/../../questionnaires/${name}.toml")
  execute_process(COMMAND env -i "HOME=${SCRATCH}" "${SCRATCH}/alone/attune" show ${name} --format toml
                  OUTPUT_FILE "${SCRATCH}/${name}.toml")
  file(SHA256 "${definition}" expected)
  file(SHA256 "${SCRATCH}/${name}.toml" shown)
  if(NOT shown STREQUAL expected)
    message(SEND_ERROR "what is shown of ${name} is not its definition")
  endif()
endforeach()
file(GLOB unexpected "${SCRATCH}/usr/include" "${SCRATCH}/usr/lib*" "${SCRATCH}/usr/share/attune")
if(unexpected)
  message(SEND_ERROR "more is installed than the program: ${unexpected}")
endif()
