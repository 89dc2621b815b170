#pragma once

#include <string>

namespace cartwright::journey {

// The privacy notice, read from the schema's own descriptors: each purpose with its text, benefit,
// legal basis, retention and level, and each field that is stored or sent with its class, what it
// tells and the purposes that it needs.
std::string explain_text();

// The same as JSON: {"schema","schema_version","purposes":[{"name","text","benefit","legal_basis",
// "retention_days","level"}],"fields":[{"message","field","class","collects","purposes","level"}]};
// `level` of a field is the lowest at which it is written, absent for SALE and RECORD.
std::string explain_json();

}  // namespace cartwright::journey
