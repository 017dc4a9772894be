# Installs Redoc as the lock file pins it and packs its one file: cmake -DPAGES=folder -P pack.cmake
file(COPY ${CMAKE_CURRENT_LIST_DIR}/package.json ${CMAKE_CURRENT_LIST_DIR}/package-lock.json DESTINATION ${PAGES})
execute_process(COMMAND npm ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund
                WORKING_DIRECTORY ${PAGES} RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(failed)
  message(FATAL_ERROR "npm could not install redoc (is npm there, and the registry reachable?):\n${said}")
endif()
execute_process(COMMAND node ${CMAKE_CURRENT_LIST_DIR}/pack.cjs ${PAGES}/node_modules/redoc/bundles/redoc.standalone.js
                        ${PAGES}/redoc.js.gz RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "redoc could not be packed")
endif()
