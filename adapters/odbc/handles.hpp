// The handles of a connection, freed in their order; for its own files alone.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include "adapters/odbc/connection.hpp"

namespace headgate::odbc {

struct Connection::Handles {
    SQLHENV environment = SQL_NULL_HENV;
    SQLHDBC connection = SQL_NULL_HDBC;
    bool connected = false;

    ~Handles() {
        if (connected) SQLDisconnect(connection);
        if (connection) SQLFreeHandle(SQL_HANDLE_DBC, connection);
        if (environment) SQLFreeHandle(SQL_HANDLE_ENV, environment);
    }
};

}  // namespace headgate::odbc
