#pragma once

#include <cartwright/error.hpp>  // IWYU pragma: export
