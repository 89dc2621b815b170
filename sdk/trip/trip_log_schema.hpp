#pragma once

#include "base/sqlite.hpp"

namespace cartwright::trip {

// Makes the tables of a trip log (docs/formats/trip-log.md) or brings older ones up to date, in one
// transaction; returns the database. Only forward: Error conflict where a newer program wrote them,
// and the file stays as it is.
Database& with_trip_tables(Database& database);

}  // namespace cartwright::trip
